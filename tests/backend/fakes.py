"""Fakes of the same shape: a predictor without weights, decode children in this process, folders of tests."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import httpx
import numpy as np
from fastapi import FastAPI
from PIL import Image

from backend.app import create_app
from backend.children.archives import ArchiveLimits, Listing, list_members, unpack
from backend.children.kept import KeptPicture, Original, keep
from backend.children.pool import DistortedPicture
from backend.inference.catalogue import Load
from backend.services import Services, build_services
from backend.settings import Settings
from models.checkpoints.refusal import CheckpointRefused, Refusal
from models.distortions.operations import Step, equals_reference, find_distortion, step_image
from models.images import RGBImage, decode
from models.local_quality import LocalQuality, WindowGrid
from models.maps.embedding_map import Floats, ProjectionRecord
from models.parts import Part
from models.prediction import (
    DistortionProbabilities,
    ExpertPrediction,
    ImageFacts,
    Prediction,
    Representation,
    Score,
)
from models.taxonomy import TAXONOMY
from tests.waiting import HANG_S

BASE_URL = "http://127.0.0.1:8000"
GROUPS = TAXONOMY.group_names


def png(*, width: int = 64, height: int = 48, seed: int = 0) -> bytes:
    """A small noisy photograph stand-in; another seed is another picture."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def manifest(checkpoint_id: str, *, weights_sha256: str = "a" * 64) -> Any:
    """The part of a manifest that the service reads."""
    has_experts = checkpoint_id != "no_gmm"
    return SimpleNamespace(
        id=checkpoint_id,
        variant=checkpoint_id,
        formulation="stable",
        title=f"The {checkpoint_id} checkpoint",
        description="A stand-in.",
        weights_sha256=weights_sha256,
        parameter_count=1234,
        num_clusters=8 if has_experts else None,
        num_experts=8 if has_experts else None,
        training_data=("nothing",),
    )


class FakePredictor:
    """Scores a picture by its mean pixel, another checkpoint a little differently; `gate` holds it back."""

    def __init__(self, checkpoint_id: str, *, weights_sha256: str = "a" * 64) -> None:
        self.manifest = manifest(checkpoint_id, weights_sha256=weights_sha256)
        self.calls = 0
        self.embeddings = 0
        self.looks = 0
        self.has_local_quality = True
        self.threads: set[str] = set()
        self.gate: threading.Event | None = None
        self.value: float | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        return ("types", "mixture", "gate", "experts") if self.manifest.num_experts is not None else ()

    def examine(self, image: RGBImage) -> tuple[Prediction, Representation]:
        return self.predict(image), self.embed(image)

    def predict(self, image: RGBImage) -> Prediction:
        self.calls += 1
        self.threads.add(threading.current_thread().name)
        if self.gate is not None:
            self.gate.wait(HANG_S)
        mean = float(image.pixels_HWC.mean()) / 255
        expert_scores = tuple(100 * mean * (0.5 + index / 8) for index in range(8))
        weights = tuple(np.full(8, 1 / 8))
        has_experts = self.manifest.num_experts is not None
        score = sum(s * w for s, w in zip(expert_scores, weights, strict=True))
        score = score if self.value is None else self.value
        return Prediction(
            checkpoint=self.manifest.id,
            variant=self.manifest.variant,
            formulation=self.manifest.formulation,
            weights_sha256=self.manifest.weights_sha256,
            score=Score(score, 8.123456789, score - 12, score + 12),
            image=ImageFacts(image.width, image.height, image.format, image.notes),
            posteriors=tuple(weights) if has_experts else None,
            cluster_names=GROUPS if has_experts else None,
            log_likelihood=-12.5 if has_experts else None,
            familiarity=31.25 if has_experts else None,
            gating_weights=tuple(weights) if has_experts else None,
            routing_weights=tuple(weights) if has_experts else None,
            experts=tuple(
                ExpertPrediction(name, "expert", s, w)
                for name, s, w in zip(GROUPS, expert_scores, weights, strict=True)
            )
            if has_experts
            else (),
            distortion=_uniform_distortion() if has_experts else None,
            timing_ms={"features": 1.0, "head": 0.5},
        )

    def embed(self, image: RGBImage) -> Representation:
        """Mean and deviation of the pixels as features, with one of the two only where there are clusters."""
        self.embeddings += 1
        self.threads.add(threading.current_thread().name)
        features_D = np.array([image.pixels_HWC.mean() / 255, image.pixels_HWC.std() / 255], np.float32)
        features_D = features_D if self.value is None else np.full(2, self.value, np.float32)
        return Representation(features_D, None if self.manifest.num_clusters is None else features_D[:1])

    def local(self, image: RGBImage) -> Generator[None, None, LocalQuality]:
        """Mean pixel of each window, and which third of the scale it is in where there are clusters; in two steps."""
        yield
        self.looks += 1
        self.threads.add(threading.current_thread().name)
        grid = WindowGrid.of(image.height, image.width)
        means = [
            [image.pixels_HWC[slice(*down), slice(*across)].mean() / 2.55 for across in grid.columns.spans]
            for down in grid.rows.spans
        ]
        scores_RC = np.array(means, np.float32) if self.value is None else np.full(grid.shape, self.value, np.float32)
        has_clusters = self.manifest.num_clusters is not None
        return LocalQuality(
            checkpoint=self.manifest.id,
            weights_sha256=self.manifest.weights_sha256,
            rows=grid.rows,
            columns=grid.columns,
            window_px=128,
            stride_px=grid.stride_px,
            scores_RC=scores_RC,
            clusters_RC=np.nan_to_num(scores_RC // 34).astype(np.int64) if has_clusters else None,
            cluster_names=GROUPS if has_clusters else None,
            notes=("as it is",),
        )


def _uniform_distortion() -> DistortionProbabilities:
    classes = TAXONOMY.classes
    return DistortionProbabilities(
        {name: 1 / len(GROUPS) for name in GROUPS}, {name: 1 / len(classes) for name in classes}
    )


def _level_of(step: Step) -> int:
    """The level whose parameter a step has; 0 where it is that of none."""
    parameters = find_distortion(step.distortion_type).parameters
    return parameters.index(step.parameter) + 1 if step.parameter in parameters else 0


@dataclass
class FakeChildren:
    """The decode children's work, done on the spot; `failures` are raised by the next that are kept."""

    failures: list[Exception] = field(default_factory=list)
    is_ready: bool = True
    keep_gate: Any = None
    decode_gate: Any = None
    distort_gate: Any = None
    distorted: list[tuple[str, int]] = field(default_factory=list)
    kept_decodes: int = 0

    def start(self) -> None: ...

    def close(self) -> None: ...

    def prepare_distorting(self) -> None: ...

    async def ready(self) -> bool:
        return self.is_ready

    async def decode(self, data: bytes) -> RGBImage:
        if self.decode_gate is not None:
            await self.decode_gate.wait()
        return decode(data)

    async def decode_kept(self, picture: bytes) -> RGBImage:
        self.kept_decodes += 1
        return decode(picture)

    async def distort(self, image: RGBImage, step: Step, *, name: str) -> DistortedPicture:
        self.distorted.append((step.distortion_type, _level_of(step)))
        if self.distort_gate is not None:
            await self.distort_gate.wait()
        distorted = step_image(image, step, name=name)
        digest = hashlib.sha256(distorted.pixels_HWC.tobytes()).hexdigest()
        return DistortedPicture(distorted, digest, equals_reference(distorted.pixels_HWC, image.pixels_HWC))

    async def list_archive(self, archive: Path, *, limits: ArchiveLimits, encoding: str | None = None) -> Listing:
        return list_members(archive, limits=limits, encoding=encoding)

    async def unpack_archive(
        self, archive: Path, folder: Path, *, limits: ArchiveLimits, encoding: str | None = None
    ) -> None:
        unpack(archive, folder, limits=limits, encoding=encoding)

    async def keep(self, original: Original) -> KeptPicture:
        if self.keep_gate is not None:
            await self.keep_gate.wait()
        if self.failures:
            raise self.failures.pop(0)
        return keep(original)


class FakeProjector:
    """The first two numbers of each point; with a `gate`, places come once it is set, and never after `stop`."""

    def __init__(self, gate: threading.Event | None = None) -> None:
        self.gate = gate
        self.calls = 0
        self.is_stopped = False

    def record(self, num_points: int) -> ProjectionRecord:
        return ProjectionRecord("first", "none", 0, {"points": num_points})

    def __call__(self, points_NP: Floats) -> Floats:
        self.calls += 1
        while self.gate is not None and not self.gate.wait(0.01):
            if self.is_stopped:
                raise BrokenProcessPool("stopped")
        return points_NP[:, :2]

    def stop(self) -> None:
        self.is_stopped = True

    def __enter__(self) -> FakeProjector:
        self.is_stopped = False
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


class FakeFolders:
    """Loads checkpoint folders of tests: the content of config.json decides what becomes of one."""

    def __init__(self) -> None:
        self.loaded: dict[str, FakePredictor] = {}
        self.loads = 0

    def __call__(self, folder: Path) -> Any:
        self.loads += 1
        config = json.loads((folder / "config.json").read_text())
        if reason := config.get("broken"):
            raise CheckpointRefused(Refusal(folder.name, "config.json", "broken", reason))
        self.loaded[folder.name] = FakePredictor(folder.name, weights_sha256=config.get("sha256", "a" * 64))
        return self.loaded[folder.name]


def write_checkpoint(root: Path, checkpoint_id: str, **config: str) -> None:
    """A folder as the catalogue finds it."""
    folder = root / checkpoint_id
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config))


@contextmanager
def folder_gone(folder: Path) -> Iterator[None]:
    """A folder as it is while its disk is not mounted: empty."""
    elsewhere = folder.with_name(f"{folder.name}-elsewhere")
    folder.rename(elsewhere)
    folder.mkdir()
    yield
    folder.rmdir()
    elsewhere.rename(folder)


@dataclass
class Studio:
    """A running service and what tests need of its inside."""

    app: FastAPI
    client: httpx.AsyncClient
    services: Services
    folders: FakeFolders
    children: FakeChildren
    projector: FakeProjector

    @property
    def moe(self) -> FakePredictor:
        return self.folders.loaded["moe"]

    async def upload(self, data: bytes | None = None, *, name: str = "cat.png", **fields: str) -> httpx.Response:
        files = {"file": (name, png() if data is None else data, "image/png")}
        return await self.client.post("/api/v1/analyses", files=files, data=fields)

    async def send_batch(self, files: Mapping[str, bytes], **fields: str) -> httpx.Response:
        parts = [("files", (name, data, "image/png")) for name, data in files.items()]
        return await self.client.post("/api/v1/jobs", files=parts, data=fields)

    async def send_archive(self, archive: bytes, **fields: str) -> httpx.Response:
        return await self.client.post("/api/v1/jobs", files={"archive": ("photos.zip", archive)}, data=fields)

    async def job_after(self, sent: httpx.Response, *, states: tuple[str, ...] = ("done",)) -> dict[str, Any]:
        """The job that an answer told of, as soon as it is in one of these states."""
        assert sent.status_code == 202, sent.text
        address = sent.headers["location"]
        with anyio.fail_after(HANG_S):
            while (job := (await self.client.get(address)).json())["state"] not in states:  # noqa: ASYNC110 - as any client
                await anyio.sleep(0.01)
        return dict(job)


def pngs(count: int) -> dict[str, bytes]:
    """Different pictures by name."""
    return {f"{number}.png": png(seed=number) for number in range(count)}


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@asynccontextmanager
async def running_studio(
    settings: Settings,
    *,
    peer: str = "127.0.0.1",
    load: Load | None = None,
    projector: FakeProjector | None = None,
) -> AsyncIterator[Studio]:
    folders, children, projector = FakeFolders(), FakeChildren(), projector or FakeProjector()
    services = build_services(settings, load=load or folders, decoder=children, open_projector=lambda: projector)
    app = create_app(settings, services=services)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(peer, 50000))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client,
    ):
        await services.catalogue.refresh()  # the start waits for the default checkpoint alone
        yield Studio(app, client, services, folders, children, projector)
