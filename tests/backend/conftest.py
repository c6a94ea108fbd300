"""A service with a fake predictor and a decoder in this process: the same parts, no weights and no children."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from structlog.typing import EventDict

from backend.settings import Settings
from tests.backend.fakes import Studio, running_studio, write_checkpoint
from tests.backend.generated_maps import GeneratedMap, generate_map


@pytest.fixture(autouse=True)
def log() -> Iterator[list[EventDict]]:
    """What the service logs in a test, as dictionaries."""
    with structlog.testing.capture_logs() as events:
        yield events


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def frontend_dir(tmp_path: Path) -> Path:
    root = tmp_path / "frontend"
    files = {
        "templates/score.html": (
            "<title>{{ page.filename }}</title>"
            "<div data-analysis-id='{{ page.analysis_id }}' data-max='{{ page.max_upload_bytes }}'></div>"
            "{% for sample in page.samples %}<img src='{{ sample.url }}' alt='{{ sample.title }}'>{% endfor %}"
            "<script type='module' src='{{ static_url('js/score.js') }}'></script>"
        ),
        "templates/map.html": (
            "<html lang='{{ language.tag }}'><div data-api-url='{{ page.api_url }}'>{{ _('Map') }}</div>"
        ),
        "templates/error.html": "<h1>{{ page.status }} {{ page.title }}</h1>{{ page.detail }} {{ page.request_id }}",
        "locale/zh_Hans/LC_MESSAGES/pages.po": 'msgid "Map"\nmsgstr "地图"\n',
        "locale/zh_Hans/LC_MESSAGES/scripts.po": "",
        "static/js/score.js": "import './plot.js';",
        "static/js/plot.js": "export {};",
        "static/samples/cat.jpg": "not really",
        "static/samples/small/cat.webp": "not either",
        "static/samples/samples.json": json.dumps(
            [
                {"file": "cat.jpg", "title": "Cat", "description": "A cat.", "credit": "CC0", "distortion": None},
            ]
        ),
    }
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return root


@pytest.fixture
def settings(tmp_path: Path, frontend_dir: Path) -> Settings:
    write_checkpoint(tmp_path / "checkpoints", "moe")
    write_checkpoint(tmp_path / "checkpoints", "no_gmm")
    return Settings(
        checkpoints_dir=tmp_path / "checkpoints",
        data_dir=tmp_path / "data",
        frontend_dir=frontend_dir,
        queue_length=4,
        inference_threads=1,
    )


@pytest.fixture
def moe_map(settings: Settings) -> GeneratedMap:
    """A map of `moe`; a studio that is to serve it asks for it first."""
    return generate_map(settings.checkpoints_dir / "moe")


@pytest.fixture
async def studio(settings: Settings) -> AsyncIterator[Studio]:
    async with running_studio(settings) as running:
        yield running
