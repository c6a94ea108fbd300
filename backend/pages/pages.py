"""The HTML pages: one frozen context for all, and an error instead of a blank for a name that is not in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.ext import babel_extract
from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass as checked_dataclass

from backend import VERSION
from backend.addresses import API_PREFIX, OPENAPI_PATH
from backend.door.problems import ProblemDetails
from backend.filenames import shown_name
from backend.languages import LANGUAGES, load_language
from backend.pages.citation import BIBTEX
from backend.pages.static_files import StaticTree
from backend.pages.table import NAVIGATION, PAGES
from models.distortions.operations import applicable
from models.images import SUPPORTED_EXTENSIONS, SUPPORTED_FORMATS

_SAMPLES_FILE: Final = "samples/samples.json"


@dataclass(frozen=True)
class Sample:
    """A photograph that ships with the studio, and a small copy of it to choose by."""

    name: str
    title: str
    url: str
    preview_url: str
    description: str
    credit: str


@dataclass(frozen=True, kw_only=True)
class PageLimits:
    """What may be sent: bytes of a picture, and bytes and files of a batch and of a study."""

    max_upload_bytes: int
    max_batch_bytes: int
    max_batch_files: int
    max_study_bytes: int
    max_study_files: int


@dataclass(frozen=True, kw_only=True)
class Page(PageLimits):
    """What every template is given, `name` being its row's; of the ids, that of the one thing that is shown, if any."""

    name: str
    samples: tuple[Sample, ...]
    analysis_id: str | None = None
    filename: str | None = None
    job_id: str | None = None
    study_id: str | None = None
    api_url: str = API_PREFIX
    openapi_url: str = OPENAPI_PATH
    version: str = VERSION
    accepted_formats: tuple[str, ...] = SUPPORTED_FORMATS
    extensions: tuple[str, ...] = tuple(sorted(SUPPORTED_EXTENSIONS))


@dataclass(frozen=True, kw_only=True)
class ErrorPage:
    """What went wrong, for a browser that navigates."""

    status: int
    title: str
    detail: str
    request_id: str
    name: None = None
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
    """Renders the templates under `frontend_dir` in the languages whose catalogues lie beside them.

    `prepare` begins, when the page of a name is shown, what should be up by the time that it is used.
    """

    def __init__(
        self,
        frontend_dir: Path,
        *,
        static: StaticTree,
        limits: PageLimits,
        prepare: Mapping[str, Callable[[], None]] = MappingProxyType({}),
        read_only: bool = False,
    ) -> None:
        self._prepare = prepare
        samples = _read_samples(static)
        self._pages = {
            row.name: Page(
                name=row.name,
                samples=samples,
                **asdict(limits),
            )
            for row in PAGES
        }
        self._templates = {tag: _environment(frontend_dir, static, tag) for tag in LANGUAGES}
        for environment in self._templates.values():
            environment.globals.update(read_only=read_only, applicable=applicable())

    def show(self, name: str, language: str) -> str:
        """The page of a row of the table as HTML in one of `LANGUAGES`."""
        if name in self._prepare:
            self._prepare[name]()
        return self._render(name, self._pages[name], language)

    def show_analysis(self, analysis_id: str, filename: str, language: str) -> str:
        """The Score page for one analysis."""
        page = replace(self._pages["score"], analysis_id=analysis_id, filename=shown_name(filename))
        return self._render("score", page, language)

    def show_batch(self, batch_id: str, language: str) -> str:
        """The Batches page for one batch."""
        return self._render("batches", replace(self._pages["batches"], job_id=batch_id), language)

    def show_study(self, study_id: str, language: str) -> str:
        """The Studies page for one study."""
        return self._render("studies", replace(self._pages["studies"], study_id=study_id), language)

    def error(self, problem: ProblemDetails, language: str) -> str:
        """The page that says what went wrong."""
        page = ErrorPage(
            status=problem.status, title=problem.title, detail=problem.detail, request_id=problem.request_id
        )
        return self._render("error", page, language)

    def _render(self, template: str, page: Page | ErrorPage, language: str) -> str:
        return self._templates[language].get_template(f"{template}.html").render(page=page)


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
    environment.globals.update(static_url=static.url, language=language, languages=LANGUAGES, pages=NAVIGATION)
    environment.globals["citation"] = BIBTEX
    return environment


def frame_messages(
    file: BinaryIO, keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str | None, Any, list[str]]]:
    """The texts of the frame around every page, and what its navigation calls the pages."""
    yield from babel_extract(file, keywords, comment_tags, dict(options))
    for row in NAVIGATION:
        yield 0, None, row.title, []


def sample_messages(file: BinaryIO, *_: object, **__: object) -> Iterator[tuple[int, None, str, list[str]]]:
    """The samples' texts, as Babel takes messages from the function that `frontend/babel.cfg` names for their list."""
    for entry in _entries(file.read()):
        for text in (entry.title, entry.description):
            yield 0, None, text, []


def checkpoint_messages(file: BinaryIO, *_: object, **__: object) -> Iterator[tuple[int, None, str, list[str]]]:
    """Title and description of a checkpoint, which scripts look up in the catalogue."""
    fields = json.loads(file.read())
    for name in ("title", "description"):
        if fields.get(name):
            yield 0, None, fields[name], []


def _read_samples(static: StaticTree) -> tuple[Sample, ...]:
    return tuple(_sample(entry, static) for entry in _entries(static.file(_SAMPLES_FILE).read_bytes()))


def _entries(text: bytes) -> tuple[_SampleEntry, ...]:
    return TypeAdapter(tuple[_SampleEntry, ...]).validate_json(text)


def _sample(entry: _SampleEntry, static: StaticTree) -> Sample:
    return Sample(
        name=entry.file,
        title=entry.title,
        url=static.url(f"samples/{entry.file}"),
        preview_url=static.url(f"samples/small/{Path(entry.file).stem}.webp"),
        description=entry.description,
        credit=entry.credit,
    )
