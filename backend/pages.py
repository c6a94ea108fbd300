"""The HTML pages: one frozen context per template, and an error instead of a blank for a name that is not in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass as checked_dataclass

from backend import VERSION
from backend.problems import ProblemDetails
from backend.schemas import API_PREFIX
from backend.static_files import StaticTree
from models.images import SUPPORTED_FORMATS

_SAMPLES_FILE: Final = "samples/samples.json"


@dataclass(frozen=True)
class Sample:
    """A photograph that ships with the studio."""

    name: str
    title: str
    url: str
    description: str
    credit: str


@dataclass(frozen=True)
class ScorePage:
    """Context of score.html; `analysis_id` is the analysis to show, if any."""

    analysis_id: str | None
    title: str
    samples: tuple[Sample, ...]
    max_upload_bytes: int
    accepted_formats: tuple[str, ...] = SUPPORTED_FORMATS
    api_url: str = API_PREFIX
    version: str = VERSION


@dataclass(frozen=True)
class MapPage:
    """Context of map.html; what the map shows stands in the address, which the page's script reads."""

    title: str = "Map · CENIQA Studio"
    api_url: str = API_PREFIX
    version: str = VERSION


@dataclass(frozen=True)
class ErrorPage:
    """Context of error.html."""

    status: int
    title: str
    detail: str
    request_id: str
    version: str = VERSION


@checked_dataclass(frozen=True)
class _AppliedDistortion:
    type: str
    level: Literal[1, 2, 3, 4, 5]


@checked_dataclass(frozen=True)
class _SampleEntry:
    file: str
    title: str
    description: str
    credit: str
    distortion: _AppliedDistortion | None


class Pages:
    """Renders the templates under `frontend_dir`."""

    def __init__(self, frontend_dir: Path, *, static: StaticTree, max_upload_bytes: int) -> None:
        self._max_upload_bytes = max_upload_bytes
        self._samples = _read_samples(static)
        self._templates = Environment(
            loader=FileSystemLoader(frontend_dir / "templates"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["static_url"] = static.url

    def score(self, *, analysis_id: str | None = None, filename: str | None = None) -> str:
        """The Score page, empty or for an analysis."""
        title = "CENIQA Studio" if filename is None else f"{filename} · CENIQA Studio"
        page = ScorePage(analysis_id, title, self._samples, self._max_upload_bytes)
        return self._templates.get_template("score.html").render(page=page)

    def map(self) -> str:
        """The Map page."""
        return self._templates.get_template("map.html").render(page=MapPage())

    def error(self, problem: ProblemDetails) -> str:
        """The page that says what went wrong."""
        page = ErrorPage(problem.status, problem.title, problem.detail, problem.request_id)
        return self._templates.get_template("error.html").render(page=page)


def _read_samples(static: StaticTree) -> tuple[Sample, ...]:
    entries = TypeAdapter(tuple[_SampleEntry, ...]).validate_json(static.file(_SAMPLES_FILE).read_bytes())
    return tuple(_sample(entry, static) for entry in entries)


def _sample(entry: _SampleEntry, static: StaticTree) -> Sample:
    return Sample(entry.file, entry.title, static.url(f"samples/{entry.file}"), entry.description, entry.credit)
