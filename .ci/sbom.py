"""A bill of materials of the running service, as CycloneDX JSON on standard output: `.ci/sbom.py ENVIRONMENT`.

ENVIRONMENT is what `cyclonedx-py environment` wrote of .venv. What serves stays of it (tools for training, tests and
checks go), and what the repository brings along joins it: vendored scripts, and the checkpoints with their digests.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
VENDOR: Final = Path("frontend/static/vendor")
CHECKPOINTS: Final = Path("checkpoints")
OF_CUDA: Final = re.compile(r"(nvidia|cuda)-.+|triton")
"""What builds of torch for CUDA bring along, which no lock names."""

Component = dict[str, Any]


def main() -> None:
    """Read the environment's bill and write the service's."""
    environment = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    locked = names_for_serving((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    bill = bill_of_service(environment, serving=locked, shipped=[*vendored(ROOT), *checkpoints(ROOT)])
    json.dump(bill, sys.stdout, indent=2)


def names_for_serving(lock: str) -> set[str]:
    """Normalized names of the packages in a lock's text, and torch, which has a file of its own."""
    return {"torch", *re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE)}


def bill_of_service(bill: Component, *, serving: set[str], shipped: Iterable[Component]) -> Component:
    """The bill with what is there of `serving` and of CUDA, and with what is shipped."""
    parts = [part for part in bill["components"] if _serves(_normalized(part["name"]), serving)]
    if not any(part["name"] == "torch" for part in parts):
        raise SystemExit("got an environment without torch, expected the one that `make setup` installs")
    added = list(shipped)
    kept = {part["bom-ref"] for part in parts}
    root = bill["metadata"]["component"]["bom-ref"]
    needs = {entry["ref"]: [it for it in entry.get("dependsOn", []) if it in kept] for entry in bill["dependencies"]}
    needs = {reference: needed for reference, needed in needs.items() if reference in {root, *kept}}
    needs[root] += [part["bom-ref"] for part in added]
    graph = [{"ref": reference, "dependsOn": needed} for reference, needed in needs.items()]
    graph += [{"ref": part["bom-ref"]} for part in added]
    return {**bill, "components": [*parts, *added], "dependencies": graph}


def _serves(name: str, serving: set[str]) -> bool:
    return name in serving or OF_CUDA.fullmatch(name) is not None


def vendored(root: Path) -> Iterator[Component]:
    """The scripts of others that the pages load."""
    for entry in json.loads((root / VENDOR / "VENDOR.json").read_text(encoding="utf-8")):
        address = f"pkg:npm/{entry['name'].replace('@', '%40')}@{entry['version']}"
        files = [
            {"type": "file", "name": f"{VENDOR / path}", "hashes": [_sha256(digest)]}
            for path, digest in entry["files"].items()
        ]
        yield {
            "type": "library",
            "bom-ref": address,
            "name": entry["name"],
            "version": entry["version"],
            "licenses": [{"license": {"id": entry["license"]}}],
            "purl": address,
            "components": files,
        }


def checkpoints(root: Path) -> Iterator[Component]:
    """The models, each by the digest of its weights."""
    for path in sorted((root / CHECKPOINTS).glob("*/config.json")):
        config = json.loads(path.read_text(encoding="utf-8"))
        digest = config["weights"]["sha256"]
        yield {
            "type": "machine-learning-model",
            "bom-ref": f"checkpoint:{path.parent.name}",
            "name": path.parent.name,
            "version": digest[:12],
            "description": config["title"],
            "hashes": [_sha256(digest)],
        }


def _sha256(digest: str) -> Component:
    return {"alg": "SHA-256", "content": digest}


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
