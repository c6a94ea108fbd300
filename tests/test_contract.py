"""The contract that the scripts are typed with is what the service says of itself, and nobody's hand was in it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
SCRIPTS: Final = [path for folder in ("frontend/static/js", "tests/frontend") for path in (ROOT / folder).rglob("*.js")]
NAMED: Final = re.compile(r'import\("contract"\)\.(\w+)')


def _writer(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f".ci/contract/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def contract() -> ModuleType:
    return _writer("write")


def test_the_scripts_have_the_taxonomy_of_the_models() -> None:
    taxonomy = _writer("taxonomy")
    assert taxonomy.SCRIPT.read_text(encoding="utf-8") == taxonomy.text(), "stale or edited: `make contract`"


def test_it_is_of_the_schemas_that_the_service_describes_now(contract: ModuleType) -> None:
    opening, types = contract.read()
    assert opening == contract.opening(contract.schemas_of_pages(), types), "stale or edited: `make contract`"


def test_every_type_that_a_script_names_is_in_it(contract: ModuleType) -> None:
    _, types = contract.read()
    named = {name for path in SCRIPTS for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert named
    assert {name for name in named if f"export type {name} = " not in types} == set()


def test_titles_go_but_not_a_field_of_that_name(contract: ModuleType) -> None:
    schemas = contract.schemas_of_pages()
    assert "title" in schemas["CheckpointResponse"]["properties"]
    assert [name for name, schema in schemas.items() if "title" in schema] == []
