"""The languages of the pages: which one a request asks for, and its messages from gettext catalogues.

English is the language of the sources. Each other language has two catalogues under `frontend/locale`: `pages.po` for
templates and `scripts.po` for the modules that run in the browser; both are read as they are, without a build step.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Annotated, Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fastapi import Depends, Request

LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "zh-Hans": "简体中文"}
"""Language tag (BCP 47) to the language's own name; the first is the language of the sources."""
DEFAULT_LANGUAGE: Final = next(iter(LANGUAGES))
LANGUAGE_COOKIE: Final = "language"
_TAGS: Final = {**{tag.lower(): tag for tag in LANGUAGES}, "zh": "zh-Hans"}


@dataclass(frozen=True)
class Language:
    """A language with its messages; `script_messages` has a list where the number decides between forms."""

    tag: str
    translations: NullTranslations
    script_messages: Mapping[str, str | list[str]]

    @property
    def name(self) -> str:
        """The language's own name."""
        return LANGUAGES[self.tag]


def load_language(locale_dir: Path, tag: str) -> Language:
    """The messages of one of `LANGUAGES` from the catalogues under `locale_dir`; OSError where they are not there."""
    if tag == DEFAULT_LANGUAGE:
        return Language(tag, NullTranslations(), {})
    folder = locale_dir / tag.replace("-", "_") / "LC_MESSAGES"
    pages = _catalogue(folder / "pages.po")
    scripts = _catalogue(folder / "scripts.po")
    return Language(tag, _translations(pages), dict(_script_messages(scripts)))


def asked_language(request: Request) -> str:
    """The tag of the language that a request asks for: by the switch's cookie, else by `Accept-Language`."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen is not None and chosen in LANGUAGES:
        return chosen
    accepted = _by_preference(request.headers.get("accept-language", ""))
    return next((tag for range_ in accepted if (tag := _lookup(range_))), DEFAULT_LANGUAGE)


LanguageDep = Annotated[str, Depends(asked_language)]


def _lookup(language_range: str) -> str | None:
    """Our language for a range such as zh-Hans-CN: subtags are dropped from the end until one fits (RFC 4647, 3.4)."""
    subtags = language_range.lower().split("-")
    prefixes = ("-".join(subtags[:count]) for count in range(len(subtags), 0, -1))
    return next((_TAGS[prefix] for prefix in prefixes if prefix in _TAGS), None)


def _by_preference(header: str) -> list[str]:
    """Tags of an Accept-Language header (RFC 9110, 12.5.4), the most wanted first; those of weight 0 are left out."""
    weighted = [_weighted(part) for part in header.split(",") if part.strip()]
    return [tag for tag, weight in sorted(weighted, key=lambda entry: -entry[1]) if weight > 0]


def _weighted(part: str) -> tuple[str, float]:
    tag, _, parameter = part.partition(";")
    _, _, weight = parameter.partition("=")
    try:
        return tag.strip(), float(weight) if weight else 1.0
    except ValueError:
        return tag.strip(), 0.0


def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def _translations(catalogue: Catalog) -> GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _script_messages(catalogue: Catalog) -> Iterator[tuple[str, str | list[str]]]:
    for message in catalogue:
        if not message.id or not message.string or message.fuzzy:
            continue
        if isinstance(message.string, str):
            yield str(message.id), message.string
        else:
            yield message.id[0], list(message.string)
