"""`python -m tests.contract` asks the real service thousands of questions that its OpenAPI document allows or forbids.

It starts `python -m backend` with the shipped checkpoints and a fresh data folder, scores two photographs and a batch,
and lets schemathesis run all its phases and checks with known ids among the made-up ones. `--max-examples` is per
route, `--seed` repeats a run. The status is that of schemathesis; lines of the service's log that tell of faults come
last.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx

from backend.client import Client
from tests.places import SAMPLES
from tests.program import Program

KNOWN_SHARE: Final = 0.6
"""Of ids in requests that name something which exists."""
NOT_A_PICTURE: Final = ["2xx", "3xx", "400", "401", "403", "404", "409", "413", "415", "422", "429", "5xx"]
"""For requests with pictures: no schema says which bytes are one, nor how long a body's JSON is."""
FAULTS: Final = ("request_failed", "Traceback", "[error ")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--max-examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_service(Path(folder)) as origin:
        config = Path(folder) / "schemathesis.toml"
        config.write_text(configuration(origin), encoding="utf-8")
        command = [
            *(str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(config)),
            *("run", f"{origin}/api/v1/openapi.json", "--max-examples", str(arguments.max_examples)),
            *("--seed", str(arguments.seed), "--generation-database", "none", "--continue-on-failure"),
        ]
        return subprocess.run(command, cwd=folder, check=False).returncode


@contextmanager
def running_service(folder: Path) -> Iterator[str]:
    """The origin of a service of its own; says in the end what it complained about."""
    program = Program(folder / "data")
    try:
        with program:
            yield program.origin
    finally:
        print(*(line for line in program.log_text().splitlines() if any(mark in line for mark in FAULTS)), sep="\n")


def configuration(origin: str) -> str:
    """What schemathesis reads: which values name something that exists, to be mixed among those that it makes up."""
    with Client(origin) as studio:
        analyses = [studio.score(SAMPLES / name, checkpoint="moe").id for name in ("coffee.jpg", "dogs.jpg")]
        (moe,) = (entry for entry in studio.checkpoints().checkpoints if entry.id == "moe")
    (moe_map,) = httpx.get(f"{origin}/api/v1/checkpoints/moe/maps").json()["maps"]
    parts = [("files", (name, (SAMPLES / name).read_bytes())) for name in ("coffee.jpg", "dogs.jpg", "samples.json")]
    job = httpx.post(f"{origin}/api/v1/jobs", files=parts).json()
    labels = ("labels", ("scores.csv", b"image,mos\ncoffee.jpg,70\nlost.jpg,20\n"))
    study = httpx.post(f"{origin}/api/v1/studies", files=[*parts, labels], data={"checkpoints": "moe,no_gmm"}).json()
    dictionaries = {
        "analyses": analyses,
        "jobs": [job["id"]],
        "studies": [study["id"]],
        "checkpoints": ["moe", "no_gmm", "distortion_aware"],
        "versions": [moe.weights_sha256[:12]],
        "maps": [moe_map["address"]],
        "columns": list(moe_map["columns"]),
        "images": [moe_map["image_set"]["address"]],
        "types": ["gaussian_blur", "jpeg"],
    }
    everywhere = {
        "path.analysis_id": "analyses",
        "path.job_id": "jobs",
        "path.study_id": "studies",
        "path.checkpoint_id": "checkpoints",
        "query.checkpoint": "checkpoints",
        "query.map": "maps",
        "path.address": "maps",
        "path.distortion_type": "types",
    }
    return "\n".join(
        [
            f"dictionaries = {inline({name: {'values': values} for name, values in dictionaries.items()})}",
            f"parameters = {bindings(everywhere)}",
            *("[[operations]]", 'include-path-regex = "^/v2/models"'),
            f"parameters = {bindings({'path.name': 'checkpoints', 'path.version': 'versions'})}",
            *(
                "[[operations]]",
                'include-path-regex = "/columns/"',
                f"parameters = {bindings({'path.name': 'columns'})}",
            ),
            *("[[operations]]", 'include-path-regex = "/image-sets/"'),
            f"parameters = {bindings({'path.address': 'images'})}",
            *("[[operations]]", 'include-method = "POST"'),
            f"checks = {inline({'positive_data_acceptance': {'expected-statuses': NOT_A_PICTURE}})}",
        ]
    )


def bindings(dictionaries: dict[str, str]) -> str:
    return inline({name: {"dictionary": it, "probability": KNOWN_SHARE} for name, it in dictionaries.items()})


def inline(value: Any) -> str:
    """A value as TOML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)} = {inline(it)}" for name, it in value.items()) + "}"
    return json.dumps(value)


if __name__ == "__main__":
    sys.exit(main())
