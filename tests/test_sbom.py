"""The bill of materials: what serves, what is shipped, and nothing that only builds or tests."""

from __future__ import annotations

import hashlib
import importlib.util
from types import ModuleType
from typing import Any

import pytest

from tests.locks import RUNTIME_LOCK, read_lock
from tests.places import ROOT


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / ".ci/sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _environment(*names: str) -> dict[str, Any]:
    """A bill in which everything is needed by everything."""
    references = [f"{name}==1" for name in names]
    return {
        "bomFormat": "CycloneDX",
        "metadata": {"component": {"bom-ref": "root", "name": "ceniqa-studio"}},
        "components": [{"bom-ref": ref, "name": name} for ref, name in zip(references, names, strict=True)],
        "dependencies": [{"ref": ref, "dependsOn": references} for ref in ["root", *references]],
    }


def test_what_serves_stays_whatever_its_spelling_and_the_rest_goes(sbom: ModuleType) -> None:
    environment = _environment("torch", "typing_extensions", "pytest", "tritonclient", "nvidia-cublas")
    shipped = [{"bom-ref": "checkpoint:moe", "name": "moe"}]
    bill = sbom.bill_of_service(environment, serving={"torch", "typing-extensions"}, shipped=shipped)
    assert [part["name"] for part in bill["components"]] == ["torch", "typing_extensions", "nvidia-cublas", "moe"]
    known = {part["bom-ref"] for part in bill["components"]}
    assert {entry["ref"] for entry in bill["dependencies"]} == {"root", *known}
    assert {needed for entry in bill["dependencies"] for needed in entry.get("dependsOn", [])} == known
    assert bill["bomFormat"] == "CycloneDX"


def test_an_environment_that_was_not_set_up_is_refused(sbom: ModuleType) -> None:
    with pytest.raises(SystemExit, match="without torch"):
        sbom.bill_of_service(_environment("pip"), serving={"torch"}, shipped=[])


def test_the_lock_s_names_are_those_that_serve(sbom: ModuleType) -> None:
    names = sbom.names_for_serving((ROOT / RUNTIME_LOCK).read_text(encoding="utf-8"))
    assert names == {"torch", *(pin.name for pin in read_lock(RUNTIME_LOCK))}


def test_vendored_scripts_and_checkpoints_are_named_with_their_digests(sbom: ModuleType) -> None:
    vendored = list(sbom.vendored(ROOT))
    assert "plotly.js-strict-dist-min" in {part["name"] for part in vendored}
    for part in vendored:
        assert part["purl"] == f"pkg:npm/{part['name'].replace('@', '%40')}@{part['version']}"
        for file in part["components"]:
            assert hashlib.sha256((ROOT / file["name"]).read_bytes()).hexdigest() == file["hashes"][0]["content"]
    models = {part["name"]: part for part in sbom.checkpoints(ROOT)}
    assert models.keys() == {path.parent.name for path in (ROOT / "checkpoints").glob("*/weights.safetensors")}
    weights = (ROOT / "checkpoints/moe/weights.safetensors").read_bytes()
    assert models["moe"]["hashes"][0]["content"] == hashlib.sha256(weights).hexdigest()
