"""Every text that a page shows is a message, and every message is in the Chinese catalogues with its placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.jslexer import tokenize
from babel.messages.pofile import read_po
from jinja2 import Environment

from backend import errors
from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.training.fitting.recipes import RECIPES
from tests.places import FRONTEND, SCRIPTS

LOCALE: Final = "zh_Hans"
SOURCES: Final = {
    "pages": (FRONTEND / "templates", FRONTEND / "static" / "samples"),
    "scripts": (FRONTEND / "static" / "js", CHECKPOINTS_FOLDER),
}
"""Folders of each catalogue's messages, as `make translations` gives them."""

PLACEHOLDER: Final = re.compile(r"\{\w+\}|%\(\w+\)s")
NAMES_AND_UNITS: Final = frozenset(
    {"CENIQA Studio", "MOS", "PNG", "MiB", "px", "CSV", "CSV (Excel)", "JSON Lines", "Parquet"}
)
"""Texts that are the same in every language."""
SPOKEN_ATTRIBUTES: Final = ("aria-label", "title", "alt", "placeholder")
WORD: Final = re.compile(r"[A-Za-z]{2}")
SENTENCE: Final = re.compile(r"(?:^|[^\w-])[A-Z][a-z]+ \w")
WORDS_TEXT: Final = re.compile(r"[A-Za-z]{2,} |^[A-Z]")

TEMPLATES: Final = sorted((FRONTEND / "templates").rglob("*.html"))
WORD_MODULES: Final = sorted(SCRIPTS.rglob("words.js"))
OTHER_MODULES: Final = sorted(set(SCRIPTS.rglob("*.js")) - set(WORD_MODULES))


@cache
def messages_of(name: str) -> Catalog:
    """The messages of the sources, as `make translations` finds them."""
    with (FRONTEND / "babel.cfg").open(encoding="utf-8") as file:
        method_map, options_map = parse_mapping_cfg(file)
    catalogue = Catalog()
    for folder in SOURCES[name]:
        for _, _, message, _, _ in extract_from_dir(str(folder), method_map, options_map):
            catalogue.add(message)
    return catalogue


@cache
def catalogue_of(name: str) -> Catalog:
    with (FRONTEND / "locale" / LOCALE / "LC_MESSAGES" / f"{name}.po").open("rb") as file:
        return read_po(file, locale=LOCALE, abort_invalid=True)


def entries(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def forms(texts: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def placeholders(texts: str | tuple[str, ...] | list[str]) -> set[str]:
    return {hole for text in forms(texts) for hole in PLACEHOLDER.findall(text)}


@cache
def message_texts(name: str) -> frozenset[str]:
    return frozenset(text for message in entries(messages_of(name)) for text in forms(message.id))


@pytest.mark.parametrize("name", SOURCES)
def test_every_message_is_translated(name: str) -> None:
    found = {message.id: message for message in entries(catalogue_of(name))}
    missing = [
        message.id
        for message in entries(messages_of(name))
        if (entry := found.get(message.id)) is None or entry.fuzzy or not all(forms(entry.string))
    ]
    assert missing == [], "run `make translations`, then translate these"


@pytest.mark.parametrize("name", SOURCES)
def test_the_catalogues_have_no_message_that_nobody_says(name: str) -> None:
    said = {message.id for message in entries(messages_of(name))}
    catalogue = catalogue_of(name)
    obsolete = [message.id for message in entries(catalogue) if message.id not in said]
    assert [*obsolete, *catalogue.obsolete] == [], "run `make translations`"


@pytest.mark.parametrize("name", SOURCES)
def test_translations_have_the_placeholders_of_their_messages(name: str) -> None:
    wrong = [
        (message.id, message.string)
        for message in entries(catalogue_of(name))
        if any(placeholders(form) != placeholders(message.id) for form in forms(message.string))
    ]
    assert wrong == []


def test_no_message_of_a_template_has_a_bare_per_cent() -> None:
    # Jinja fills every message by the % operator, also one without placeholders: a per cent sign is %% there.
    texts = [
        *message_texts("pages"),
        *(text for message in entries(catalogue_of("pages")) for text in forms(message.string)),
    ]
    assert [text for text in texts if "%" in PLACEHOLDER.sub("", text).replace("%%", "")] == []


class _Texts(HTMLParser):
    """Collects what a reader sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]


def template_texts(source: str) -> list[str]:
    """Texts of a template outside Jinja's marks, and the sentences in its expressions that are no messages."""
    tokens = [(kind, value) for _, kind, value in Environment(trim_blocks=True, lstrip_blocks=True).lex(source)]
    parser = _Texts()
    parser.feed("".join(value for kind, value in tokens if kind == "data"))
    strings = [value[1:-1] for kind, value in tokens if kind == "string"]
    bare = [text for text in strings if SENTENCE.search(text) and text not in message_texts("pages")]
    return [text for text in parser.texts if WORD.search(text)] + bare


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_say_everything_through_messages(path: Path) -> None:
    texts = template_texts(path.read_text(encoding="utf-8"))
    assert {text.strip(" ·") for text in texts} - NAMES_AND_UNITS == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p>{{ _("Hello there") }}</p>', ["Hello there"]),  # not extracted, so no message
        ("<img alt=\"A cat\"><p>{{ 'Two dogs' }}</p>", ["A cat"]),  # a sample's title is a message
        ('<a title="{{ name }}" href="/Some where">+</a>{# A remark #}{% set a = "Some where" %}', ["Some where"]),
    ],
)
def test_the_scan_of_templates_finds_bare_texts(source: str, found: list[str]) -> None:
    assert template_texts(source) == found


def script_texts(source: str) -> list[str]:
    """String literals of a script, and its template literals without what is filled in."""
    literals = (token.value[1:-1] for token in tokenize(source) if token.type in ("string", "template_string"))
    return [re.sub(r"\$\{.*?\}", "", literal) for literal in literals]


@pytest.mark.parametrize("path", WORD_MODULES, ids=lambda path: str(path.relative_to(SCRIPTS)))
def test_modules_of_words_say_everything_through_messages(path: Path) -> None:
    texts = {text for text in script_texts(path.read_text(encoding="utf-8")) if WORDS_TEXT.search(text)}
    assert {text.strip(" ·") for text in texts - message_texts("scripts")} - NAMES_AND_UNITS == set()


@pytest.mark.parametrize("path", OTHER_MODULES, ids=lambda path: str(path.relative_to(SCRIPTS)))
def test_other_scripts_say_nothing_of_their_own(path: Path) -> None:
    texts = set(script_texts(path.read_text(encoding="utf-8")))
    assert [text for text in texts if SENTENCE.search(text)] == [], "move the text to a words.js, into t() or tn()"


def test_the_scan_of_scripts_finds_bare_texts() -> None:
    source = '// A remark\nx.title = "Save it"; const y = `Saved as ${name}`; f("./a.js", t("Told"));'
    assert [text for text in script_texts(source) if SENTENCE.search(text)] == ["Save it", "Saved as "]


def test_every_text_of_a_checkpoint_and_every_title_of_a_problem_is_a_message() -> None:
    texts = {text for recipe in (make() for make in RECIPES.values()) for text in (recipe.title, recipe.description)}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ServiceError)]
    phrases = {HTTPStatus(kind.status).phrase for kind in kinds if kind.status != errors.CLIENT_CLOSED_REQUEST}
    assert (texts | phrases) - message_texts("scripts") == set()
