"""What is shipped beside the code: the pins, the commands, the containers, and what the manual says of the settings."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from backend.settings import Settings
from models.training.__main__ import build_parser

ROOT: Final = Path(__file__).resolve().parent.parent
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHIPPED_TEXTS: Final = (
    *("Makefile", "Dockerfile", "constraints.txt", "pyproject.toml", ".ci/run", ".ci/install"),
    *(
        "docker-compose.yml",
        "docker-compose.lab.yml",
        "docker-compose.gpu.yml",
        "CONTRIBUTING.md",
        "docs/operations.md",
    ),
)
MAX_CHECKPOINTS_BYTES: Final = 120_000_000


class _ComposeLoader(yaml.SafeLoader):
    """YAML with Compose's tag that replaces a list of the file before instead of adding to it."""


_ComposeLoader.add_constructor("!override", _ComposeLoader.construct_sequence)


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _studio(compose_file: str) -> dict[str, Any]:
    service: dict[str, Any] = yaml.load(_read(compose_file), _ComposeLoader)["services"]["studio"]
    return service


def _requirements(*extras: str) -> list[Requirement]:
    groups = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in extras)]
    return [Requirement(line) for line in chain.from_iterable(groups)]


def _pinned_lines() -> list[str]:
    return [line for line in _read("constraints.txt").splitlines() if not line.startswith("#")]


def _pins() -> dict[str, Version]:
    pins = (line.split("==") for line in _pinned_lines())
    return {canonicalize_name(name): Version(version) for name, version in pins}


# ---- what is installed


def test_a_pin_is_a_name_and_a_public_version() -> None:
    assert [line for line in _pinned_lines() if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


@pytest.mark.parametrize("requirement", _requirements("training", "dev"), ids=lambda requirement: requirement.name)
def test_every_requirement_is_pinned_within_its_range(requirement: Requirement) -> None:
    assert _pins()[canonicalize_name(requirement.name)] in requirement.specifier


def _third_party_imports(folder: Path) -> set[str]:
    imported: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names):
                    imported |= {alias.name.partition(".")[0] for alias in names}
                case ast.ImportFrom(module=str(module), level=0):
                    imported.add(module.partition(".")[0])
    return imported - sys.stdlib_module_names - {"models", "backend", "tests"}


@pytest.mark.parametrize(
    ("folder", "extras"), [("backend", ()), ("models", ("training",)), ("tests", ("training", "dev"))]
)
def test_whatever_is_imported_is_a_declared_requirement(folder: str, extras: tuple[str, ...]) -> None:
    declared = {canonicalize_name(requirement.name) for requirement in _requirements(*extras)}
    distributions = packages_distributions()
    undeclared = {
        module
        for module in _third_party_imports(ROOT / folder)
        if declared.isdisjoint(canonicalize_name(name) for name in distributions.get(module, [module]))
    }
    assert undeclared == set()


def test_the_checkpoints_stay_small_enough_to_clone() -> None:
    sizes = [path.stat().st_size for path in (ROOT / "checkpoints").rglob("*") if path.is_file()]
    assert sum(sizes) <= MAX_CHECKPOINTS_BYTES


# ---- the commands


@pytest.mark.parametrize("target", ["help", "run", "setup", "develop", "test", "check", "format", "freeze"])
def test_a_promised_command_exists(target: str) -> None:
    subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=True)


def test_ci_runs_what_people_run_and_insists_on_the_browser() -> None:
    assert _read(".ci/run").splitlines()[-3:] == ["export REQUIRE_BROWSER=1", "make check", "make test"]


@pytest.mark.parametrize("name", SHIPPED_TEXTS)
def test_no_file_names_a_server_to_fetch_from(name: str) -> None:
    addresses: list[str] = re.findall(r"https?://[^/\s\"')]+", _read(name))
    assert {address for address in addresses if "//127.0.0.1" not in address} == set()


# ---- the containers


def test_the_container_is_reachable_from_this_machine_only() -> None:
    studio = _studio("docker-compose.yml")
    assert studio["environment"]["TRUSTED_LOOPBACK_PUBLISH"] == "1"
    assert [port for port in studio["ports"] if not port.startswith("127.0.0.1:")] == []
    assert "network_mode" not in studio


def test_the_laboratory_s_container_is_open_and_asks_for_a_token() -> None:
    environment = _studio("docker-compose.lab.yml")["environment"]
    assert environment["TRUSTED_LOOPBACK_PUBLISH"] == "0"
    # `:?` makes Compose refuse to start while the variable is empty.
    assert environment["CENIQA_TOKEN"].startswith("${CENIQA_TOKEN:?")


def test_the_container_may_do_next_to_nothing() -> None:
    studio = _studio("docker-compose.yml")
    assert studio["read_only"] is True
    assert studio["cap_drop"] == ["ALL"]
    assert studio["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "pids_limit"} <= studio.keys()
    assert "./checkpoints:/app/checkpoints:ro" in studio["volumes"]


def test_the_image_runs_as_nobody_in_particular() -> None:
    users = re.findall(r"^USER (\d+):", _read("Dockerfile"), re.MULTILINE)
    assert [int(user) > 0 for user in users] == [True]


def test_only_the_gpu_file_asks_for_a_gpu() -> None:
    assert "deploy" not in _studio("docker-compose.yml")
    assert _studio("docker-compose.gpu.yml").keys() == {"deploy"}


# ---- the manual


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_manual_trains_by_a_make_target_that_is_there(name: str) -> None:
    shown = re.findall(r"make (train|results)\b", _read(name))
    assert {"train", "results"} <= set(shown)


def test_the_target_that_trains_says_everything_it_needs() -> None:
    recipe = _read("Makefile").replace("\\\n", " ")
    (command,) = re.findall(r"-m models\.training (train [^\n]+)", recipe)
    shown = (
        command.replace("$(RECIPE)", "moe")
        .replace("$(DATA)", "data")
        .replace("$(FINE_TUNED)", "0")
        .replace("$(SPLITS)", "10")
    )
    assert build_parser().parse_args(shlex.split(shown)).recipe == ["moe"]


def test_the_readme_points_at_files_that_are_there_and_leaves_nothing_to_fill_in() -> None:
    text = _read("README.md")
    targets = {target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)}
    local = {target for target in targets if target and "://" not in target}
    assert local
    assert {target for target in local if not (ROOT / target).is_file()} == set()
    assert not re.search(r"\bRESULTS\b", text)


def _variable(field: str) -> str:
    return f"CENIQA_{field.upper()}"


def _documented_defaults() -> dict[str, str]:
    rows = re.findall(r"^\| `(CENIQA_\w+)`[^|]*\| `?([^|`]*)`? \|", _read("docs/operations.md"), re.MULTILINE)
    return {variable: default.strip() for variable, default in rows}


def _shown(default: object) -> str:
    match default:
        case None:
            return "none"
        case Path():
            return default.relative_to(ROOT).as_posix()
        case tuple():
            return ",".join(default) or "none"
        case bool():
            return str(int(default))
        case _:
            return str(default)


def test_the_manual_lists_every_setting_with_its_default() -> None:
    defaults = {_variable(name): _shown(field.default) for name, field in Settings.model_fields.items()}
    assert _documented_defaults() == defaults
