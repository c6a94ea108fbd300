"""Markdown from files to HTML that may stand in our pages: no markup of its own, no pictures, links to the web only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_HEADINGS_ABOVE: Final = 2
"""Levels of headings that the page has above those of a file."""
_LOWEST_HEADING: Final = 6
_LINK_SCHEMES: Final = frozenset({"http", "https"})


def safe_html(markdown: str) -> str:
    """HTML without scripts, styles, pictures and foreign markup; tables scroll and are named by their section."""
    html: str = _parser().render(markdown)
    return html


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # `html: False` turns markup into text; pictures would be asked for from wherever a file says.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.validateLink = _is_web_address  # type: ignore[method-assign]
    parser.core.ruler.push("fit_into_page", _fit_into_page)
    return parser


def _is_web_address(url: str) -> bool:
    try:
        return urlsplit(url).scheme.lower() in _LINK_SCHEMES
    except ValueError:
        return False


def _fit_into_page(state: StateCore) -> None:
    state.tokens = list(_fitted(state.tokens))


def _fitted(tokens: list[Token]) -> Iterator[Token]:
    """Headings below the page's own, links that say nothing of us, alignment without style, tables that scroll."""
    section = ""
    for index, token in enumerate(tokens):
        token.attrs.pop("style", None)
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noopener noreferrer")
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(_LOWEST_HEADING, int(token.tag[1:]) + _HEADINGS_ABOVE)}"
        if token.type == "heading_open":
            section = tokens[index + 1].content
        if token.type == "table_open":
            label = escapeHtml(section)
            yield _markup(f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}">\n')
        yield token
        if token.type == "table_close":
            yield _markup("</div>\n")


def _markup(content: str) -> Token:
    # Our own: `html: False` keeps the reader of Markdown from making such tokens, not the writer of HTML.
    return Token("html_block", "", 0, content=content)
