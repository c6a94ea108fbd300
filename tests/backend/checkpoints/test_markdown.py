"""Markdown from elsewhere: what it may become on our pages, and what it may not."""

from __future__ import annotations

import pytest

from backend.checkpoints.markdown import safe_html
from models.checkpoints.manifest import CARD_FILE, CHECKPOINTS_FOLDER


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=alert(1)>b</b>",
        "![picture](https://elsewhere.example/track.png)",
        "[link](javascript:alert(1))",
        "[link](data:text/html,x)",
        "[link](/api/v1/analyses)",
        "[link](//elsewhere.example)",
        "<javascript:alert(1)>",
        "<style>*{display:none}</style>",
        "# <svg onload=alert(1)>\n\n| a |\n|--:|\n| 1 |",
        '# x" onmouseover="alert(1)\n\n| a |\n|---|\n| 1 |',
    ],
)
def test_nothing_runs_loads_or_leads_anywhere_unexpected(hostile: str) -> None:
    html = safe_html(hostile)
    for tag in ("<script", "<img", "<b ", "<svg", "<style", 'style="', 'href="j', 'href="d', 'href="/'):
        assert tag not in html
    assert '" onmouseover' not in html


def test_a_link_to_the_web_says_nothing_of_us() -> None:
    assert safe_html("[a](https://example.org/x)") == (
        '<p><a href="https://example.org/x" rel="noopener noreferrer">a</a></p>\n'
    )


def test_headings_lie_below_those_of_the_page() -> None:
    assert safe_html("# a\n\n###### b") == "<h3>a</h3>\n<h6>b</h6>\n"


def test_a_table_scrolls_and_is_named_by_its_section() -> None:
    html = safe_html("## Figures\n\n| a | b |\n|---|--:|\n| 1 | 2 |")
    assert '<div class="table-scroll" role="region" tabindex="0" aria-label="Figures">\n<table>' in html
    assert html.endswith("</table>\n</div>\n")


def test_a_shipped_card_keeps_its_tables() -> None:
    card = (CHECKPOINTS_FOLDER / "moe" / CARD_FILE).read_text()
    assert safe_html(card).count("<table>") == card.count("\n|---")
