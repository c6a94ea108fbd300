"""What is shipped beside the code: the pins, the commands, the containers, and what the manual says of the settings."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from backend.pages.citation import BIBTEX
from backend.settings import Settings
from models.training.__main__ import build_parser
from tests.locks import BILL_LOCK, DEVELOPMENT_LOCK, RUNTIME_LOCK, TORCH_PIN, pinned_versions, read_lock
from tests.places import ROOT

PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHIPPED_TEXTS: Final = (
    *("Makefile", "Dockerfile", "proxy.Dockerfile", "proxy.conf", "pyproject.toml"),
    *(RUNTIME_LOCK, DEVELOPMENT_LOCK, BILL_LOCK, TORCH_PIN, "floors.txt"),
    *(".ci/run", ".ci/install", ".ci/sbom.py"),
    *("docker-compose.yml", "docker-compose.lab.yml", "docker-compose.gpu.yml"),
    *("CONTRIBUTING.md", "docs/operations.md"),
)
CHECKED: Final = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement"]
OWN_HOSTS: Final = re.compile(r"https?://(127\.0\.0\.1|studio;|\$http_host|[\w.]+\.example)")
NODE_FOLDERS: Final = sorted(path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob(".ci/*/package.json"))
MAX_CHECKPOINTS_BYTES: Final = 120_000_000


class _ComposeLoader(yaml.SafeLoader):
    """YAML with Compose's tag that replaces what the file before has there instead of adding to it."""


def _construct_override(loader: yaml.SafeLoader, node: yaml.Node) -> list[Any] | dict[Any, Any]:
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.MappingNode)
    return loader.construct_mapping(node, deep=True)


_ComposeLoader.add_constructor("!override", _construct_override)


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _service(compose_file: str, name: str = "studio") -> dict[str, Any]:
    service: dict[str, Any] = yaml.load(_read(compose_file), _ComposeLoader)["services"][name]
    return service


def _requirements(*extras: str) -> list[Requirement]:
    groups = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in extras)]
    return [Requirement(line) for line in chain.from_iterable(groups)]


# ---- what is installed


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEVELOPMENT_LOCK, BILL_LOCK])
def test_a_pin_is_a_name_a_public_version_and_the_digests_of_its_files(lock: str) -> None:
    pins = read_lock(lock)
    assert len(pins) > 20
    assert [pin for pin in pins if pin.version.local or pin.requirement.url] == []
    assert [pin for pin in pins if not pin.sha256] == []
    assert [digest for pin in pins for digest in pin.sha256 if not re.fullmatch(r"[0-9a-f]{64}", digest)] == []


@pytest.mark.parametrize("folder", NODE_FOLDERS)
def test_a_package_for_node_is_one_version_with_its_digest_and_no_server(folder: str) -> None:
    wanted = json.loads(_read(f"{folder}/package.json"))["devDependencies"]
    packages = json.loads(_read(f"{folder}/package-lock.json"))["packages"]
    assert packages.pop("")["devDependencies"] == wanted
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, pin in packages.items() if not pin["integrity"].startswith("sha512-")] == []
    assert [name for name, pin in packages.items() if "resolved" in pin] == []


def test_a_package_is_pinned_once() -> None:
    names = [pin.name for lock in (RUNTIME_LOCK, DEVELOPMENT_LOCK, TORCH_PIN) for pin in read_lock(lock)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("requirement", _requirements("training", "dev"), ids=lambda requirement: requirement.name)
def test_every_requirement_is_pinned_within_its_range(requirement: Requirement) -> None:
    assert pinned_versions()[canonicalize_name(requirement.name)] in requirement.specifier


def test_what_serving_needs_is_in_its_own_lock() -> None:
    runtime = {pin.name for lock in (RUNTIME_LOCK, TORCH_PIN) for pin in read_lock(lock)}
    assert {canonicalize_name(requirement.name) for requirement in _requirements()} <= runtime


def test_torch_is_the_only_one_without_digests_and_needs_nothing_that_the_lock_lacks() -> None:
    (torch_pin,) = read_lock(TORCH_PIN)
    assert (torch_pin.name, torch_pin.sha256) == ("torch", ())
    needed = [Requirement(line) for line in requires("torch") or ()]
    names = {canonicalize_name(it.name) for it in needed if it.marker is None or it.marker.evaluate({"extra": ""})}
    of_cuda = {name for name in names if name.startswith(("nvidia-", "cuda-", "triton"))}
    assert names - of_cuda <= {pin.name for pin in read_lock(RUNTIME_LOCK)}


def _installations(script: str) -> list[list[str]]:
    """The arguments of every `pip install` in a shell's words."""
    commands = re.split(r"&&|\n", script.replace("\\\n", " "))
    return [
        shlex.split(command.partition(" install ")[2])
        for command in commands
        if re.search(r"\bpip\b.* install ", command)
    ]


def _said_to_shell(name: str) -> str:
    if name == "Dockerfile":
        return _read(name)
    dry_run = ["make", "--dry-run", "--always-make", "develop", "sbom"]
    return subprocess.run(dry_run, cwd=ROOT, capture_output=True, check=True, text=True).stdout


@pytest.mark.parametrize("name", ["Makefile", "Dockerfile"])
def test_whatever_is_installed_is_checked_but_for_torch_and_the_project_itself(name: str) -> None:
    unchecked = [it for it in _installations(_said_to_shell(name)) if it[:5] != CHECKED]
    assert [it[-2:] for it in unchecked] == [["--requirement", TORCH_PIN], ["--editable", "."]]
    assert {"--no-deps", "--no-build-isolation"} <= set(unchecked[1])


def _third_party_imports(folder: Path) -> set[str]:
    imported: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names):
                    imported |= {alias.name.partition(".")[0] for alias in names}
                case ast.ImportFrom(module=str(module), level=0):
                    imported.add(module.partition(".")[0])
    # `make fuzz` installs its fuzzer itself, which has wheels for few machines.
    return imported - sys.stdlib_module_names - {"models", "backend", "tests", "atheris"}


@pytest.mark.parametrize(
    ("folder", "extras"), [("backend", ()), ("models", ("training",)), ("tests", ("training", "dev", "fuzz"))]
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


@pytest.mark.parametrize("target", ["help", "run", "setup", "develop", "test", "check", "format", "lock", "sbom"])
def test_a_promised_command_exists(target: str) -> None:
    subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=True)


def test_ci_runs_what_people_run_and_insists_on_the_browser() -> None:
    assert _read(".ci/run").splitlines()[-3:] == ["export REQUIRE_BROWSER=1", "make check", "make test"]


@pytest.mark.parametrize("name", SHIPPED_TEXTS)
def test_no_file_names_a_server_to_fetch_from(name: str) -> None:
    addresses: list[str] = re.findall(r"https?://[^/\s\"')]+", _read(name))
    assert {address for address in addresses if not OWN_HOSTS.match(address)} == set()


# ---- the containers


def test_the_container_is_reachable_from_this_machine_only() -> None:
    studio = _service("docker-compose.yml")
    assert studio["environment"]["TRUSTED_LOOPBACK_PUBLISH"] == "1"
    assert [port for port in studio["ports"] if not port.startswith("127.0.0.1:")] == []
    assert "network_mode" not in studio


def test_the_laboratory_s_studio_asks_for_a_token_and_is_reached_through_the_proxy_alone() -> None:
    studio, proxy = (_service("docker-compose.lab.yml", name) for name in ("studio", "proxy"))
    environment = studio["environment"]
    assert environment["TRUSTED_LOOPBACK_PUBLISH"] == "0"
    # `:?` makes Compose refuse to start while the variable is empty.
    assert environment["CENIQA_TOKEN"].startswith("${CENIQA_TOKEN:?")
    assert studio["ports"] == []
    assert studio["networks"].keys() == {"inside"}
    assert environment["CENIQA_TRUSTED_PROXIES"] == proxy["networks"]["inside"]["ipv4_address"]
    assert yaml.load(_read("docker-compose.lab.yml"), _ComposeLoader)["networks"]["inside"]["internal"] is True


def test_the_proxy_takes_what_the_studio_takes_and_waits_as_long() -> None:
    directives = dict(re.findall(r"^\s*(\w+) ([^;{]+);", _read("proxy.conf"), re.MULTILINE))
    limits = Settings(token="x" * 16)
    assert directives["client_header_timeout"] == f"{limits.header_timeout_s:g}s"
    assert directives["client_body_timeout"] == f"{limits.body_timeout_s:g}s"
    upload_mib, batch_mib = map(int, re.findall(r"client_max_body_size (\d+)m;", _read("proxy.conf")))
    assert limits.max_upload_bytes + 1024**2 <= upload_mib * 1024**2 < 2 * limits.max_upload_bytes
    assert 513 <= batch_mib <= 1024
    assert directives["listen"] == "8443 ssl http2"
    assert directives["access_log"] == "/dev/stdout brief"
    assert "$request " not in _read("proxy.conf")  # it has the query, and that the token


CONTAINERS: Final = [("docker-compose.yml", "studio"), ("docker-compose.lab.yml", "proxy")]


@pytest.mark.parametrize(("compose_file", "name"), CONTAINERS)
def test_a_container_may_do_next_to_nothing(compose_file: str, name: str) -> None:
    service = _service(compose_file, name)
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "pids_limit"} <= service.keys()
    binds = [volume for volume in service["volumes"] if volume.startswith(".")]
    assert len(binds) == 1
    assert binds[0].endswith(":ro")


@pytest.mark.parametrize("name", ["Dockerfile", "proxy.Dockerfile"])
def test_an_image_runs_as_nobody_in_particular(name: str) -> None:
    users = re.findall(r"^USER (\d+):", _read(name), re.MULTILINE)
    assert [int(user) > 0 for user in users] == [True]


def test_only_the_gpu_file_asks_for_a_gpu() -> None:
    assert "deploy" not in _service("docker-compose.yml")
    assert _service("docker-compose.gpu.yml").keys() == {"deploy"}


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


def test_the_citation_is_of_this_version_and_what_pages_say() -> None:
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert said["version"] == PROJECT["version"]
    assert said["title"] in BIBTEX
    assert f"year = {{{said['date-released'].year}}}" in BIBTEX
    assert f"version = {{{said['version']}}}" in BIBTEX
