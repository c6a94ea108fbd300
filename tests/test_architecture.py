"""The walls of the house, read from the source: who may import whom, and that nothing lies about unused."""

from __future__ import annotations

import ast
import dataclasses
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Final

import pytest

from backend.settings import Settings
from models.registry import VARIANTS
from models.training.fitting.recipes import LossWeights, Recipe
from models.trunk.preprocess import PreprocessConfig

CONFIGS: Final = tuple(variant.config_class for variant in VARIANTS.values())
ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = ("models", "backend")
SOURCES: Final = tuple(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))

VAGUE_NAMES: Final = frozenset({"utils", "util", "helpers", "helper", "common", "misc"})
VAGUE_ENDINGS: Final = ("_v2", "_new", "_old", "_utils", "_helpers")
TEMPLATE_ENDINGS: Final = frozenset({".html", ".jinja", ".j2"})
HEAVY: Final = frozenset({"torch", "onnxruntime", "sklearn", "fastapi", "sqlalchemy"})
MOST_MODULES: Final = 14
"""Of a folder with its `__init__`: more are found by their names' beginnings, which is what folders are for."""
MOST_FLOORS: Final = {"backend": 10, "models": 12}
COMPOSITION: Final = ("backend.app", "backend.__main__")
"""What alone knows the service as a whole."""

MAY_IMPORT: Final = {
    # backend
    "backend": "",
    "backend.addresses": "",
    "backend.errors": "",
    "backend.filenames": "",
    "backend.languages": "",
    "backend.schemas": "",
    "backend.settings": "",
    "backend.telemetry": "",
    "backend.concurrency": "errors",
    "backend.routing": "errors",
    "backend.storage": "errors",
    "backend.children": "concurrency errors filenames",
    "backend.uploads": "children errors filenames routing storage",
    "backend.door": "addresses concurrency errors languages routing storage telemetry",
    "backend.inference": "concurrency errors routing schemas storage telemetry",
    "backend.analyses": "addresses children concurrency errors filenames inference routing schemas storage telemetry",
    "backend.batches": "addresses children concurrency errors inference routing schemas storage telemetry uploads",
    "backend.studies.decisions": "errors schemas storage",
    "backend.studies": (
        "addresses concurrency errors filenames inference routing schemas storage studies.decisions telemetry uploads"
    ),
    "backend.studies.pictures": "addresses concurrency errors routing studies studies.decisions",
    "backend.studies.exports": "addresses concurrency errors inference routing studies",
    "backend.studies.maps": "addresses figures inference maps routing studies",
    "backend.checkpoints": "addresses concurrency errors inference routing schemas",
    "backend.health": "errors inference routing schemas storage telemetry",
    "backend.client": "addresses analyses checkpoints",
    "backend.maps": "addresses analyses concurrency errors inference routing schemas storage",
    "backend.oip": "backend addresses analyses errors health inference routing schemas",
    "backend.pages": "backend addresses analyses batches door errors filenames languages routing studies",
    "backend.retention": "analyses batches errors studies",
    "backend.tables": "analyses batches storage studies studies.decisions",
    "backend.figures": "addresses concurrency errors inference maps routing schemas storage",
    "backend.lab": "addresses analyses children concurrency errors inference maps routing schemas telemetry",
    "backend.services": (
        "analyses batches checkpoints children concurrency figures health inference lab maps pages "
        "retention settings storage studies studies.decisions studies.exports studies.maps studies.pictures tables "
        "telemetry uploads"
    ),
    "backend.app": (
        "backend analyses batches checkpoints door figures health lab maps oip pages services settings studies "
        "studies.exports studies.maps studies.pictures"
    ),
    "backend.__main__": "app door errors services settings telemetry",
    # models
    "models.files": "",
    "models.images.colours": "",
    "models.images.containers": "",
    "models.prediction": "",
    "models.strict_json": "",
    "models.taxonomy": "",
    "models.characters": "",
    "models.terminal": "characters",
    "models.labels": "",
    "models.training": "",
    "models.images": "images.colours images.containers",
    "models.images.without_metadata": "images",
    "models.distortions": "images taxonomy",
    "models.trunk": "images strict_json",
    "models.heads": "taxonomy trunk",
    "models.maps": "distortions images prediction strict_json taxonomy",
    "models.maps.building": "checkpoints files heads maps taxonomy",
    "models.figures": "maps prediction taxonomy",
    "models.pairs": "figures prediction",
    "models.variants": "heads taxonomy",
    "models.variants.literal": "heads taxonomy",
    "models.registry": "heads variants variants.literal",
    "models.training.data": "distortions figures files heads images labels taxonomy terminal trunk",
    "models.checkpoints": "heads prediction registry strict_json taxonomy trunk",
    "models.parts": "heads registry",
    "models.training.data.readers": "distortions labels taxonomy training.data",
    "models.training.fitting": "files heads registry taxonomy training.data trunk variants variants.literal",
    "models.local_quality": "heads images prediction trunk",
    "models.training.measuring": (
        "checkpoints figures files heads prediction registry taxonomy training.data training.data.readers "
        "training.fitting trunk"
    ),
    "models.training.rated_sets": "labels training.data training.data.readers",
    "models.predictor": "checkpoints heads images local_quality parts prediction taxonomy trunk",
    "models.training.results.evidence": "checkpoints figures pairs training.fitting",
    "models.loading": "checkpoints heads predictor trunk",
    "models.scoring_cli": "files images predictor terminal",
    "models.training.results.contrasts": "checkpoints figures taxonomy training.fitting training.results.evidence",
    "models.studies.pictures": "checkpoints images labels prediction trunk",
    "models.studies.seeing": "heads images maps.building prediction predictor studies.pictures trunk",
    "models.studies.findings": "figures",
    "models.studies.maps": (
        "files maps maps.building predictor studies.findings studies.pictures studies.seeing taxonomy"
    ),
    "models.studies.figures": "figures prediction studies.findings studies.pictures",
    "models.studies.exports": "files prediction scoring_cli studies.pictures",
    "models.studies.fit": "files prediction predictor studies.figures studies.findings studies.pictures studies.seeing",
    "models.studies.report": "files images studies.findings studies.pictures",
    "models.studies": (
        "checkpoints figures files labels loading maps maps.building pairs prediction predictor result_columns "
        "scoring_cli studies.exports studies.figures studies.findings studies.fit studies.maps studies.pictures "
        "studies.report studies.seeing taxonomy terminal"
    ),
    "models": "loading studies",
    "models.__main__": (
        "checkpoints figures images labels loading predictor scoring_cli studies studies.pictures terminal trunk"
    ),
    "models.training.pictures": (
        "checkpoints distortions files images labels loading maps maps.building taxonomy training.data "
        "training.measuring training.rated_sets trunk"
    ),
    "models.training.results": (
        "checkpoints figures files pairs prediction training.fitting training.rated_sets "
        "training.results.contrasts training.results.evidence"
    ),
    "models.training.writing": (
        "checkpoints distortions figures files heads images loading prediction predictor taxonomy training.data "
        "training.fitting training.measuring training.results.evidence trunk"
    ),
    "models.training.set_comparison": (
        "checkpoints heads studies.figures studies.findings training.data training.data.readers "
        "training.measuring trunk"
    ),
    "models.training.commands": (
        "checkpoints figures heads images labels loading maps.building registry training.data training.data.readers "
        "training.fitting training.measuring training.pictures training.rated_sets training.results "
        "training.set_comparison training.writing terminal trunk"
    ),
    "models.training.__main__": (
        "checkpoints figures heads images labels maps maps.building training.commands training.data training.fitting "
        "training.measuring training.rated_sets training.writing terminal trunk"
    ),
}
"""Which rooms of its package a room imports, from the ground floor up; a room is a folder, or a file that lies flat.

An import that is missing here is refused, and so is a line that nobody needs any more.
"""

FORBIDDEN_AT_IMPORT: Final = frozenset({"environ", "getenv", "mkdir", "makedirs", "filterwarnings", "simplefilter"})


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere, also those for type checkers; `from a import b` gives `a.b`."""
    for node in ast.walk(_tree(path)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                yield from (f"{module}.{alias.name}" for alias in names)


def _is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _importers(package: str) -> set[str]:
    return {_module(path) for path in SOURCES if any(_is_in(name, package) for name in _imports(path))}


def _outside(modules: set[str], *packages: str) -> set[str]:
    return {module for module in modules if not any(_is_in(module, package) for package in packages)}


MODULES: Final = frozenset(_module(path) for path in SOURCES)
FOLDERS: Final = frozenset(_module(path) for path in SOURCES if path.stem == "__init__")


def _room(module: str) -> str:
    folder = module.rpartition(".")[0]
    return module if module in FOLDERS or folder in {*PACKAGES, "models.training"} else folder


def _module_of(name: str) -> str | None:
    """The module that an imported name is, or lies in; `None` for what is not ours."""
    return next((found for found in (name, name.rpartition(".")[0]) if found in MODULES), None)


def _rooms_imported(path: Path) -> set[str]:
    own = _room(_module(path))
    rooms = {_room(module) for name in _imports(path) if (module := _module_of(name)) is not None}
    return {room for room in rooms if room != own and room.partition(".")[0] == own.partition(".")[0]}


def _declared(room: str) -> set[str]:
    package = room.partition(".")[0]
    return {name if name == package else f"{package}.{name}" for name in MAY_IMPORT[room].split()}


@pytest.mark.parametrize("room", sorted({_room(module) for module in MODULES}))
def test_a_room_imports_what_its_line_says_and_nothing_else(room: str) -> None:
    paths = [path for path in SOURCES if _room(_module(path)) == room]
    imported = set().union(*(_rooms_imported(path) for path in paths))
    declared = _declared(room) if room in MAY_IMPORT else set()
    assert imported - declared == set(), f"{room} imports what its line in MAY_IMPORT does not say"
    assert declared - imported == set(), f"the line of {room} in MAY_IMPORT says more than it imports"


def test_rooms_stand_on_few_floors_and_no_import_goes_in_a_circle() -> None:
    assert set(MAY_IMPORT) <= {_room(module) for module in MODULES}
    floors: dict[str, int] = {}
    for room in TopologicalSorter({room: _declared(room) for room in MAY_IMPORT}).static_order():
        floors[room] = 1 + max((floors[below] for below in _declared(room)), default=0) if room in MAY_IMPORT else 1
    assert {room: floor for room, floor in floors.items() if floor > MOST_FLOORS[room.partition(".")[0]]} == {}


def test_only_the_composition_knows_the_service_as_a_whole() -> None:
    assert _importers("backend.services") == set(COMPOSITION)


@pytest.mark.parametrize(
    ("imported", "homes"),
    [
        pytest.param("backend", ("backend",), id="models know nothing of the service"),
        pytest.param("models.training", ("models.training",), id="what predicts does not depend on what trains"),
        pytest.param("torch", ("models",), id="the service knows no tensor"),
        pytest.param("safetensors", ("models",), id="the service reads no weights"),
        pytest.param("onnxruntime", ("models",), id="the service runs no graph"),
        pytest.param("fastapi", ("backend",), id="models know nothing of HTTP"),
        pytest.param("starlette", ("backend",), id="models know nothing of the HTTP toolkit"),
        pytest.param("sqlalchemy", ("backend",), id="models know no database"),
        pytest.param("pydantic_settings", ("backend.settings",), id="one module reads the environment"),
        pytest.param(
            "pyarrow",
            (
                *("backend.batches.results", "backend.studies.pictures.rows", "models.scoring_cli.score_rows"),
                *("models.result_columns", "models.studies.result_rows", "models.studies.study"),
            ),
            id="Parquet is written in few places, two of them by one schema",
        ),
        pytest.param(
            "jinja2",
            ("backend.pages.pages", "models.studies.report.page"),
            id="pages and reports are rendered in one module each",
        ),
        pytest.param("umap", ("models.maps.building.projecting",), id="one module projects, in a process of its own"),
        pytest.param("markdown_it", ("backend.checkpoints.markdown",), id="one module turns Markdown into markup"),
    ],
)
def test_a_package_is_imported_only_at_home(imported: str, homes: tuple[str, ...]) -> None:
    importers = _importers(imported)
    assert importers, f"nobody imports {imported}: the rule is out of date"
    assert _outside(importers, *homes) == set()


@pytest.mark.parametrize("module", ["tests", "tensorboard", "onnxscript", "plotly"])
def test_what_serves_needs_no_training_or_test_package(module: str) -> None:
    assert _outside(_importers(module), "models.training") == set()


@pytest.mark.parametrize(
    "module",
    [
        "models",
        "models.images",
        "models.taxonomy",
        "backend.children.pool",
        "backend.client",
        "backend.__main__",
    ],
)
def test_decode_children_and_clients_stay_small(module: str) -> None:
    # A fresh interpreter, as a child is one; this one has long imported torch.
    code = f"import importlib, sys; importlib.import_module({module!r}); print(*sys.modules)"
    finished = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert HEAVY & set(finished.stdout.split()) == set()


def _runs_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below that run when the module is imported: all but those in functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _runs_at_import(child)


@pytest.mark.parametrize("path", SOURCES, ids=_module)
def test_importing_a_module_changes_and_reads_nothing(path: Path) -> None:
    used = {node.attr for node in _runs_at_import(_tree(path)) if isinstance(node, ast.Attribute)}
    assert used & FORBIDDEN_AT_IMPORT == set()


def _reads_environment(path: Path) -> bool:
    nodes = list(ast.walk(_tree(path)))
    # Setting a variable for a library that reads it is not reading.
    written = {node.value for node in nodes if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)}
    read = (node for node in nodes if isinstance(node, ast.Attribute) and node not in written)
    return any(node.attr in {"environ", "getenv"} for node in read)


def test_only_the_settings_read_the_environment() -> None:
    assert _outside({_module(path) for path in SOURCES if _reads_environment(path)}, "backend.settings") == set()


def test_no_folder_holds_more_modules_than_one_can_look_over() -> None:
    paths = [*SOURCES, *(ROOT / "tests").rglob("*.py")]
    modules = Counter(path.parent for path in paths)
    assert {str(folder): count for folder, count in modules.items() if count > MOST_MODULES} == {}


def test_every_module_says_in_its_name_what_it_is_about() -> None:
    stems = {path: path.stem for path in [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]}
    vague = {path for path, stem in stems.items() if stem in VAGUE_NAMES or stem.endswith(VAGUE_ENDINGS)}
    assert vague == set()


def test_templates_lie_only_in_the_frontend_which_holds_no_python() -> None:
    in_packages = [path for package in PACKAGES for path in (ROOT / package).rglob("*")]
    assert [path for path in in_packages if path.suffix in TEMPLATE_ENDINGS] == []
    assert list((ROOT / "frontend").rglob("*.py")) == []


@cache
def _attributes_read() -> frozenset[str]:
    nodes = (node for path in SOURCES for node in ast.walk(_tree(path)))
    return frozenset(node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load))


def _dataclass_fields(owner: type[Any]) -> set[str]:
    return {field.name for field in dataclasses.fields(owner)}


@pytest.mark.parametrize(
    "fields",
    [
        *(pytest.param(_dataclass_fields(kind), id=kind.__name__) for kind in CONFIGS),
        pytest.param(_dataclass_fields(PreprocessConfig), id="PreprocessConfig"),
        pytest.param(_dataclass_fields(Recipe), id="Recipe"),
        pytest.param(set(Settings.model_fields), id="Settings"),
    ],
)
def test_every_configuration_field_is_read_somewhere(fields: set[str]) -> None:
    assert fields - _attributes_read() == set()


def test_every_loss_weight_has_its_loss() -> None:
    """Weights are looked up by the names of the losses, which stand as text where the losses are made."""
    nodes = ast.walk(_tree(ROOT / "models" / "training" / "fitting" / "objectives.py"))
    named = {node.value for node in nodes if isinstance(node, ast.Constant)}
    assert _dataclass_fields(LossWeights) - named == set()
