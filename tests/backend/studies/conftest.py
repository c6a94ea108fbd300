"""A service with the shipped heads over a trunk that costs nothing, and pictures from sharp to blurred."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import anyio
import httpx
import numpy as np
import pytest
from PIL import Image, ImageFilter

from backend.settings import Settings
from models.predictor import Predictor
from tests.backend.fakes import Studio, running_studio
from tests.models.studies.cheap_heads import cheap_heads
from tests.waiting import HANG_S

ADDRESS = "/api/v1/studies"


def load_cheap(folder: Path) -> Predictor:
    """The cheap head of a checkpoint's name."""
    return next(head for head in cheap_heads() if head.manifest.id == folder.name)


def blurred(count: int) -> dict[str, bytes]:
    """Pictures by name, each more blurred than the one before."""
    found = {}
    for number in range(count):
        pixels = np.random.default_rng(number % 3).integers(0, 256, (40, 48, 3), dtype=np.uint8)
        buffer = io.BytesIO()
        Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(number / 3)).save(buffer, "PNG")
        found[f"set/p{number:02}.png"] = buffer.getvalue()
    return found


def labels_of(count: int, *, header: str = "image,mos") -> bytes:
    """A table of the first pictures, each with a lower label than the one before."""
    rows = [f"p{number:02}.png,{90 - 7 * number}" for number in range(count)]
    return "\n".join([header, *rows, ""]).encode()


async def send(
    studio: Studio, pictures: Mapping[str, bytes], labels: bytes | None = None, **fields: str
) -> httpx.Response:
    """The answer to a study that is sent."""
    parts: list[tuple[str, tuple[str, bytes]]] = [("files", (name, data)) for name, data in pictures.items()]
    if labels is not None:
        parts.append(("labels", ("scores.csv", labels)))
    return await studio.client.post(ADDRESS, files=parts, data=fields)


async def study_after(
    studio: Studio, sent: httpx.Response, *, states: tuple[str, ...] = ("done", "failed")
) -> dict[str, Any]:
    """The study that an answer told of, as soon as it is in one of these states."""
    assert sent.status_code == 202, sent.text
    with anyio.fail_after(HANG_S):
        while True:
            study: dict[str, Any] = (await studio.client.get(sent.headers["location"])).json()
            if study["state"] in states:
                return study
            await anyio.sleep(0.01)


@pytest.fixture
async def studio(settings: Settings) -> AsyncIterator[Studio]:
    async with running_studio(settings, load=load_cheap) as running:
        yield running
