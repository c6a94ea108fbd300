"""A device is found, or refused where it is not there."""

from __future__ import annotations

import pytest
import torch

from models.trunk.runtimes import DeviceError, select_device


@pytest.mark.parametrize("name", ["gpu", "cuda"])
def test_a_device_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(DeviceError, match=f"got device '{name}'.*expected auto"):
        select_device(name)


@pytest.mark.parametrize(("has_cuda", "kind"), [(True, "cuda"), (False, "cpu")])
def test_auto_takes_the_accelerator_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, has_cuda: bool, kind: str
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: has_cuda)
    assert select_device("auto").type == kind
