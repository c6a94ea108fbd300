"""The HTML pages: one frozen context per template, and an error instead of a blank for a name that is not in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar, Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass as checked_dataclass

from backend import VERSION
from backend.addresses import API_PREFIX, OPENAPI_PATH
from backend.door.problems import ProblemDetails
from backend.languages import LANGUAGES, load_language
from backend.pages.static_files import StaticTree
from models.images import SUPPORTED_EXTENSIONS, SUPPORTED_FORMATS

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
class Page:
    """What every template is given; each page's own class adds what its template needs and names it."""

    template: ClassVar[str]
    api_url: str = API_PREFIX
    version: str = VERSION


@dataclass(frozen=True, kw_only=True)
class ScorePage(Page):
    """The Score page; `analysis_id` is the analysis to show, if any, and `filename` what it was uploaded as."""

    template: ClassVar[str] = "score.html"
    samples: tuple[Sample, ...]
    max_upload_bytes: int
    analysis_id: str | None = None
    filename: str | None = None
    accepted_formats: tuple[str, ...] = SUPPORTED_FORMATS


@dataclass(frozen=True)
class MapPage(Page):
    """The Map page; what it shows stands in the address, which the page's script reads."""

    template: ClassVar[str] = "map.html"


@dataclass(frozen=True)
class ExpertsPage(Page):
    """The Experts page."""

    template: ClassVar[str] = "experts.html"


@dataclass(frozen=True)
class ComparePage(Page):
    """The Compare page."""

    template: ClassVar[str] = "compare.html"


@dataclass(frozen=True, kw_only=True)
class LabPage(Page):
    """The Distortion lab; what it shows stands in the address, which the page's script reads."""

    template: ClassVar[str] = "lab.html"
    samples: tuple[Sample, ...]
    max_upload_bytes: int
    accepted_formats: tuple[str, ...] = SUPPORTED_FORMATS


@dataclass(frozen=True)
class VariantsPage(Page):
    """The Variants page."""

    template: ClassVar[str] = "variants.html"


@dataclass(frozen=True)
class AnalysesPage(Page):
    """The list of analyses."""

    template: ClassVar[str] = "analyses.html"


@dataclass(frozen=True)
class DocsPage(Page):
    """The API's documentation, which the page's script draws from the OpenAPI document."""

    template: ClassVar[str] = "docs.html"
    openapi_url: str = OPENAPI_PATH


@dataclass(frozen=True, kw_only=True)
class BatchesPage(Page):
    """The list of batches and where to send another, or one of them; `extensions` are those of pictures' names."""

    template: ClassVar[str] = "batches.html"
    max_upload_bytes: int
    max_batch_bytes: int
    max_batch_files: int
    job_id: str | None = None
    accepted_formats: tuple[str, ...] = SUPPORTED_FORMATS
    extensions: tuple[str, ...] = tuple(sorted(SUPPORTED_EXTENSIONS))


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """What went wrong, for a browser that navigates."""

    template: ClassVar[str] = "error.html"
    status: int
    title: str
    detail: str
    request_id: str


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
    """Renders the templates under `frontend_dir` in the languages whose catalogues lie beside them."""

    def __init__(
        self,
        frontend_dir: Path,
        *,
        static: StaticTree,
        max_upload_bytes: int,
        max_batch_bytes: int,
        max_batch_files: int,
        prepare_lab: Callable[[], None],
        read_only: bool = False,
    ) -> None:
        self._prepare_lab = prepare_lab
        self._max_upload_bytes = max_upload_bytes
        self._max_batch_bytes = max_batch_bytes
        self._max_batch_files = max_batch_files
        self.samples = _read_samples(static)
        self._templates = {tag: _environment(frontend_dir, static, tag) for tag in LANGUAGES}
        for environment in self._templates.values():
            environment.globals["read_only"] = read_only

    def render(self, page: Page, language: str) -> str:
        """A page as HTML in one of `LANGUAGES`."""
        return self._templates[language].get_template(page.template).render(page=page)

    def score(self, language: str, *, analysis_id: str | None = None, filename: str | None = None) -> str:
        """The Score page, empty or for an analysis."""
        page = ScorePage(
            samples=self.samples,
            max_upload_bytes=self._max_upload_bytes,
            analysis_id=analysis_id,
            filename=filename,
        )
        return self.render(page, language)

    def lab(self, language: str) -> str:
        """The Distortion lab."""
        self._prepare_lab()  # by the time that a picture is chosen it is up
        return self.render(LabPage(samples=self.samples, max_upload_bytes=self._max_upload_bytes), language)

    def batches(self, language: str, *, job_id: str | None = None) -> str:
        """The Batches page, for all of them or for one."""
        page = BatchesPage(
            max_upload_bytes=self._max_upload_bytes,
            max_batch_bytes=self._max_batch_bytes,
            max_batch_files=self._max_batch_files,
            job_id=job_id,
        )
        return self.render(page, language)

    def error(self, problem: ProblemDetails, language: str) -> str:
        """The page that says what went wrong."""
        page = ErrorPage(
            status=problem.status, title=problem.title, detail=problem.detail, request_id=problem.request_id
        )
        return self.render(page, language)


def _environment(frontend_dir: Path, static: StaticTree, tag: str) -> Environment:
    language = load_language(frontend_dir / "locale", tag)
    environment = Environment(
        loader=FileSystemLoader(frontend_dir / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(language.translations, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(static_url=static.url, language=language, languages=LANGUAGES)
    return environment


def sample_messages(file: BinaryIO, *_: object, **__: object) -> Iterator[tuple[int, None, str, list[str]]]:
    """The samples' texts, as Babel takes messages from the function that `frontend/babel.cfg` names for their list."""
    for entry in _entries(file.read()):
        for text in (entry.title, entry.description):
            yield 0, None, text, []


def _read_samples(static: StaticTree) -> tuple[Sample, ...]:
    return tuple(_sample(entry, static) for entry in _entries(static.file(_SAMPLES_FILE).read_bytes()))


def _entries(text: bytes) -> tuple[_SampleEntry, ...]:
    return TypeAdapter(tuple[_SampleEntry, ...]).validate_json(text)


def _sample(entry: _SampleEntry, static: StaticTree) -> Sample:
    return Sample(entry.file, entry.title, static.url(f"samples/{entry.file}"), entry.description, entry.credit)
