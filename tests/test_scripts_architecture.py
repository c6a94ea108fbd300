"""The walls between the folders of the scripts, read from their imports and from their types' imports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Final

import pytest

SCRIPTS: Final = Path(__file__).resolve().parent.parent / "frontend" / "static" / "js"
MODULES: Final = {PurePosixPath(path.relative_to(SCRIPTS).as_posix()): path for path in sorted(SCRIPTS.rglob("*.js"))}

KIT: Final = {"kit", "kit/dom", "kit/language", "kit/net"}
MAY_IMPORT: Final[Mapping[str, frozenset[str]]] = {
    "kit/dom": frozenset(),
    "kit/language": frozenset(),
    "kit/net": frozenset({"kit/language"}),
    "kit": frozenset({"kit/dom", "kit/language", "kit/net"}),
    "drawing": frozenset({"kit", "kit/dom", "kit/language"}),
    "mapdata": frozenset({"drawing", "kit/dom", "kit/language", "kit/net"}),
    "sending": frozenset(KIT),
    "lab": frozenset({*KIT, "drawing", "sending"}),
    "shell": frozenset({"drawing", "kit", "kit/dom", "kit/language"}),
    "pages/analyses": frozenset(KIT),
    "pages/batches": frozenset({*KIT, "drawing", "sending"}),
    "pages/compare": frozenset({*KIT, "drawing", "mapdata"}),
    "pages/docs": frozenset({"kit/dom"}),
    "pages/experts": frozenset({*KIT, "drawing", "mapdata"}),
    "pages/lab": frozenset({*KIT, "drawing", "lab", "mapdata"}),
    "pages/map": frozenset({*KIT, "drawing", "mapdata"}),
    "pages/mixed": frozenset({*KIT, "drawing", "lab"}),
    "pages/score": frozenset({*KIT, "drawing", "mapdata", "sending"}),
    "pages/studies": frozenset({*KIT, "drawing", "mapdata", "sending"}),
    "pages/variants": frozenset({*KIT, "drawing"}),
}
"""Whose modules a folder may import beside its own; a page's folders are one, and no page imports another."""

ABOVE: Final[Mapping[str, frozenset[str]]] = {
    "charts": frozenset({"views", "page"}),
    "views": frozenset({"page"}),
    "": frozenset({"views", "page"}),
}
"""Within a page: what the modules of a folder may not import."""

MAX_MODULES: Final = 14
IMPORTED: Final = re.compile(r"""(?:from |import |import\()"(\.[^"]+)\"""")
COMMENT: Final = re.compile(r"/\*\*.*?\*/", re.DOTALL)
ANY: Final = re.compile(r"[{<|(,:]\s*any\s*[}>|),[]|@ts-(?:ignore|nocheck|expect-error)")


@cache
def imports_of(module: PurePosixPath) -> frozenset[PurePosixPath]:
    """Our own modules that one imports, also in its types' comments."""
    source = MODULES[module].read_text(encoding="utf-8")
    found = {PurePosixPath(normpath(module.parent / name)) for name in IMPORTED.findall(source)}
    return frozenset(path for path in found if path.parts[0] != "..")


def folder_of(module: PurePosixPath) -> str:
    depth = 2 if module.parts[0] in ("kit", "pages") else 1
    return "/".join(module.parent.parts[:depth])


def arrows() -> Iterator[tuple[PurePosixPath, PurePosixPath]]:
    return ((module, imported) for module in MODULES for imported in sorted(imports_of(module)))


def between_folders() -> set[tuple[str, str]]:
    pairs = {(folder_of(module), folder_of(imported)) for module, imported in arrows()}
    return {(here, there) for here, there in pairs if here != there}


def room_of(module: PurePosixPath) -> str:
    """Where in its page a module stands: `charts`, `views`, the `page` itself, or beside it."""
    if module.stem.endswith("page"):
        return "page"
    return module.parent.name if module.parent.name in ABOVE else ""


def test_every_import_names_a_module() -> None:
    assert [(str(module), str(imported)) for module, imported in arrows() if imported not in MODULES] == []


def test_every_folder_has_its_line() -> None:
    assert set(MAY_IMPORT) == {folder_of(module) for module in MODULES}


def test_folders_import_what_their_lines_allow() -> None:
    assert [(here, there) for here, there in sorted(between_folders()) if there not in MAY_IMPORT.get(here, ())] == []


def test_the_lines_run_one_way() -> None:
    TopologicalSorter({folder: set(others) for folder, others in MAY_IMPORT.items()}).prepare()


def test_no_module_imports_itself_by_way_of_others() -> None:
    try:
        TopologicalSorter({module: set(imports_of(module)) for module in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(str(module) for module in error.args[1]))


def test_in_a_page_nothing_imports_what_stands_above_it() -> None:
    within = ((one, other) for one, other in arrows() if one.parts[0] == "pages" and folder_of(one) == folder_of(other))
    assert [(str(one), str(other)) for one, other in within if room_of(other) in ABOVE.get(room_of(one), ())] == []


def test_no_folder_holds_too_many_modules() -> None:
    folders = [module.parent for module in MODULES]
    assert {str(folder) for folder in folders if folders.count(folder) > MAX_MODULES} == set()


def test_no_script_is_typed_any() -> None:
    sources = {str(module): path.read_text(encoding="utf-8") for module, path in MODULES.items()}
    comments = {name: COMMENT.findall(source) for name, source in sources.items()}
    assert [name for name, texts in comments.items() if any(ANY.search(text) for text in texts)] == []
