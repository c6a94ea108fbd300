"""The OpenAPI document is whole, and the service does what it says; `python -m tests.contract` asks far more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import one_of
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode
from schemathesis.python import asgi

from backend.app import create_app
from backend.door.problems import PROBLEM_MEDIA_TYPE
from backend.services import build_services
from backend.settings import Settings
from models.checkpoints.manifest import CHECKPOINTS_FOLDER, Manifest
from models.checkpoints.reading import read_manifest
from models.figures.files import LEADERBOARD_FILE
from models.images import RGBImage
from models.prediction import Representation
from models.trunk.record import SHARED_FOLDER
from tests.backend.fakes import FakeChildren, FakeFolders, FakePredictor, png
from tests.backend.studies.conftest import load_cheap
from tests.waiting import wait_until

OPENAPI: Final = "/api/v1/openapi.json"
EXAMPLES: Final = 5
PROMISES: Final = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_headers_conformance", "response_schema_conformance"),
)
NEEDS_MORE_THAN_A_SCHEMA: Final = {
    "POST /api/v1/analyses/{analysis_id}/predictions",
    "POST /api/v1/analyses",
    "POST /api/v1/jobs",
    "POST /api/v1/studies/labels",
    # Of a map, which a study has of five pictures or more.
    "GET /api/v1/studies/{study_id}/checkpoints/{checkpoint_id}/maps/{address}/columns/{name}",
    "GET /api/v1/studies/{study_id}/checkpoints/{checkpoint_id}/maps/{address}/neighbours",
    "GET /api/v1/studies/{study_id}/image-sets/{address}/pictures/{row}",
    "GET /api/v1/studies/{study_id}/image-sets/{address}/rows",
    "GET /api/v1/studies/{study_id}/image-sets/{address}/sheets/{index}",
    "GET /api/v1/studies/{study_id}/place",
    "PUT /api/v1/studies/{study_id}/rule",
    "POST /v2/models/{name}/infer",
    "POST /v2/models/{name}/versions/{version}/infer",
}
"""Operations whose request is to hold more than its schema says: a picture, a checkpoint's id, an encoding's name."""
NEEDS_LUCK: Final = {
    "PATCH /api/v1/studies/{study_id}/pictures",
    "PUT /api/v1/studies/{study_id}/pictures/{position}",
}
"""Operations that take the revision which was read: of few requests one may guess it."""


class ShippedPredictor(FakePredictor):
    """Says of every picture what the fake says, in the shapes of a shipped checkpoint."""

    manifest: Manifest

    def __init__(self, folder: Path) -> None:
        super().__init__(folder.name)
        self.manifest = read_manifest(folder)
        cheap = load_cheap(folder)
        self.features_key, self.crop_px = cheap.features_key, cheap.crop_px
        self.features, self.standardised, self.output = cheap.features, cheap.standardised, cheap.output

    def embed(self, image: RGBImage) -> Representation:
        model = self.manifest.model
        embedding_d = None if self.manifest.num_clusters is None else np.zeros(model.embedding_dim, np.float32)
        return Representation(
            np.full(model.config().layout.num_features, image.pixels_HWC.mean(), np.float32), embedding_d
        )


@dataclass(frozen=True)
class Described:
    """An app's document, and the ids that exist in it."""

    schema: BaseSchema
    known: Mapping[str, str]
    image_set: str

    def named(self, operation: APIOperation) -> dict[str, str]:
        """Values of an operation's path that name something which exists."""
        match operation.path.removeprefix("/api/v1").split("/"):
            case ["", "v2", *_]:
                known = {**self.known, "name": "moe"}
            case ["", "image-sets", *_]:
                known = {**self.known, "address": self.image_set}
            case [*_, "columns", "{name}"]:
                known = {**self.known, "name": "x"}
            case _:
                known = {**self.known}
        names = {parameter.name for parameter in operation.path_parameters}
        return {name: value for name, value in known.items() if name in names}


@pytest.fixture
def described(settings: Settings, tmp_path: Path) -> Iterator[Described]:
    """An app in this process with the maps and figures of two shipped checkpoints, and one analysis."""
    root = tmp_path / "shipped"
    root.mkdir()
    for name in ("moe", "no_gmm", SHARED_FOLDER, LEADERBOARD_FILE):
        (root / name).symlink_to(CHECKPOINTS_FOLDER / name)
    settings = settings.model_copy(update={"allowed_hosts": ("testserver",), "checkpoints_dir": root})
    app = create_app(settings, services=build_services(settings, load=ShippedPredictor, decoder=FakeChildren()))
    with asgi.get_client(app) as client:
        analysis = client.post("/api/v1/analyses", files={"file": ("cat.png", png())}).json()
        job = client.post("/api/v1/jobs", files={"files": ("cat.png", png())}).json()
        (listed,) = client.get("/api/v1/checkpoints/moe/maps").json()["maps"]
        study = made_study(client)
    known = {
        "analysis_id": analysis["id"],
        "job_id": job["id"],
        "study_id": study["id"],
        "position": "0",
        "checkpoint_id": "moe",
        "distortion_type": "jpeg",
        "grid": "gaussian_blur+jpeg",
        "row": "1",
        "column": "1",
        "address": listed["address"],
        "version": analysis["weights_sha256"][:12],
    }
    yield Described(schemathesis.openapi.from_asgi(OPENAPI, app), known, listed["image_set"]["address"])
    asgi.shutdown_lifespans()


def made_study(client: Any) -> dict[str, Any]:
    """A study that is done, with a row that is nobody's."""
    labels = ("labels", ("scores.csv", b"image,mos\ncat.png,40\nlost.png,90\n"))
    study = client.post("/api/v1/studies", files=[("files", ("cat.png", png())), labels]).json()
    wait_until(lambda: client.get(study["links"]["self"]).json()["state"] == "done")
    return dict(study)


def ask(operation: APIOperation, known: dict[str, str]) -> list[int]:
    """The statuses of requests that the document allows, with ids that exist, too, and of such that it forbids."""
    checks = schemathesis.checks.CHECKS.get_by_names(PROMISES)
    statuses: list[int] = []
    cases = one_of(
        operation.as_strategy(path_parameters=known),
        operation.as_strategy(),
        operation.as_strategy(GenerationMode.NEGATIVE),
    )

    # Without health checks: on a busy machine even making up a request is slow.
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def send(case: Case) -> None:
        response = case.call()
        statuses.append(response.status_code)
        case.validate_response(response, checks=checks)

    send()
    return statuses


def test_the_service_does_what_the_document_says(described: Described) -> None:
    operations = [found.ok() for found in described.schema.get_all_operations()]
    # What is deleted goes last, and before that what is part of it.
    operations.sort(key=lambda operation: (operation.method == "delete", -operation.path.count("/")))
    statuses = {operation.label: ask(operation, described.named(operation)) for operation in operations}
    never = {label for label, found in statuses.items() if not any(status < 300 for status in found)}
    assert never - NEEDS_LUCK == NEEDS_MORE_THAN_A_SCHEMA, "none was answered with what it is for"


# ---- the document


def operations_of(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


@pytest.fixture
def document(settings: Settings) -> dict[str, Any]:
    return create_app(settings, services=build_services(settings, load=FakeFolders(), decoder=FakeChildren())).openapi()


def test_every_operation_is_told_tagged_and_has_the_errors_of_the_layers_around_it(document: dict[str, Any]) -> None:
    described_tags = {tag["name"] for tag in document["tags"] if tag["description"]}
    for label, operation in operations_of(document).items():
        statuses = set(map(int, operation["responses"]))
        assert operation["description"].endswith((".", ".)")), label
        assert set(operation["tags"]) <= described_tags, label
        assert {400, 413, 500} <= statuses, label
        assert (401 in statuses) == bool(operation["security"]), label
        assert ({403, 503} <= statuses) or label.startswith("GET "), label


def test_every_error_is_a_problem_with_an_example(document: dict[str, Any]) -> None:
    for label, operation in operations_of(document).items():
        model = "InferenceProblem" if " /v2" in label else "ProblemDetails"
        for status, response in operation["responses"].items():
            if int(status) < 400:
                continue
            assert set(response["content"]) == {PROBLEM_MEDIA_TYPE}, (label, status)
            content = response["content"][PROBLEM_MEDIA_TYPE]
            assert content["schema"] == {"$ref": f"#/components/schemas/{model}"}
            assert set(content["example"]) == set(document["components"]["schemas"][model]["properties"])
            assert content["example"]["status"] == int(status)
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_every_parameter_is_told(document: dict[str, Any]) -> None:
    untold = {
        (label, parameter["name"])
        for label, operation in operations_of(document).items()
        for parameter in operation.get("parameters", [])
        if not parameter.get("description")
    }
    assert untold == set()


def test_no_bound_is_lost_on_its_way_into_the_document(document: dict[str, Any]) -> None:
    # Pydantic writes a bound of a union as a key of its own, which JSON Schema does not know.
    def keys(value: object) -> Iterator[str]:
        match value:
            case dict():
                for name, part in value.items():
                    yield name
                    yield from keys(part)
            case list():
                for part in value:
                    yield from keys(part)

    assert {"ge", "le", "gt", "lt", "min_length", "max_length"} & set(keys(document)) == set()
