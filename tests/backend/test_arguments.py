"""`python -m backend` says what it can be told, and refuses what it does not know before it serves anything."""

from __future__ import annotations

import pytest

from backend.__main__ import main
from backend.settings import Settings


def test_help_names_every_setting_and_serves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert {words[0] for words in lines} >= {f"CENIQA_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("arguments", [["--prot", "8123"], ["serve"], ["--port", "http"]])
def test_an_argument_that_is_not_known_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert arguments[-1] in capsys.readouterr().err


def test_an_argument_counts_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CENIQA_PORT", "8000")
    assert main(["--port", "70000"]) == 2
    assert "port" in capsys.readouterr().err
