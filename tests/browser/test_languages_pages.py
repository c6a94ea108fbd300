"""The pages in Chinese in a real Chromium: nothing is left in English, and nothing breaks for being Chinese."""

from __future__ import annotations

import re
from typing import Final

import httpx
import pytest
from playwright.sync_api import Page

from backend.pages.table import TRANSLATED
from tests.browser.conftest import NewPage
from tests.browser.scored import made_study, scored_batch, scored_photograph
from tests.browser.test_accessibility import Look, put_on
from tests.browser.watching import serious_findings
from tests.places import PHOTOGRAPH
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser


ADDRESSES: Final = {
    **{row.example: row.whole for row in TRANSLATED},
    "/": "#checkpoint option",
    "/batches": "#batches li",
    "/studies": "#studies li",
    "/nothing-here": ".error-page",
}
"""Address to what is there once the page is whole; {analysis}, {batch} and {study} are ids of what was scored."""

NAMES_IN_LATIN: Final = [
    *(
        "CENIQA",
        "Studio",
        "MOS",
        "JavaScript",
        "API",
        "UMAP",
        "Hellinger",
        "ITU-R BT.500",
        "SHA-256",
        "EXIF",
        "sRGB",
        "HTML",
    ),
    *("JPEG", "PNG", "WEBP", "WebP", "BMP", "TIFF", "GIF", "AVIF", "HEIC", "CSV", "JSON", "HSV", "Lab", "YCbCr"),
    *(
        "SRCC",
        "PLCC",
        "KRCC",
        "RMSE",
        "NMI",
        "AMI",
        "BIC",
        "Wilcoxon",
        "Holm",
        "exp",
        "BIQ2021",
        "LIVE",
        "LIVE-MD",
        "MDIVL",
    ),
    *("MODEL_CARD.md", "metrics.json", "config.json", "efficientnet_lite0"),
    *(
        "MiB",
        "MB",
        "kB",
        "log",
        *("Shift", "Ctrl", "ZIP", "XMP"),
        "Enter",
        "Esc",
        "zip",
        "CSV (Excel)",
        "JSON Lines",
        "Parquet",
        PHOTOGRAPH.name,
        "none.jpg",
        *("Blur", "scores.csv", "TSV", "DMOS", "VQEG", "image", "mos"),
        *(f"blur{number}.png" for number in range(6)),
    ),
]
"""What is written in Latin letters in Chinese, too; names that the service gives come on top."""
LATIN: Final = re.compile(r"[A-Za-z]{2,}")
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")

# Text nodes and spoken attributes that are on show, except what says of itself that it is code or of another language.
TEXTS = """() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const foreign = 'script, style, code, noscript, [lang]:not(:lang(zh))';
  const isShown = (node) => !node.closest(foreign) && (node.closest('select') ?? node).checkVisibility();
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { textContent: text, parentElement: parent } = walker.currentNode;
    if (text.trim() && isShown(parent)) texts.push(text.trim());
  }
  for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
    for (const node of document.body.querySelectorAll(`[${name}]`))
      if (isShown(node)) texts.push(node.getAttribute(name));
  return texts;
}"""
LOOKS: Final = (Look(1440, "dark"), Look(390, "light"))
"""The two that test_accessibility does not look at in English."""
CHART_TEXTS = "all => all.filter((text) => text.checkVisibility()).map((text) => text.textContent)"


@pytest.fixture(scope="module")
def analysis(server: str) -> str:
    """Id of a scored photograph."""
    return scored_photograph(server)


@pytest.fixture(scope="module")
def batch(server: str) -> str:
    """Id of a finished batch of a photograph and something that is none."""
    return scored_batch(server)


@pytest.fixture(scope="module")
def study(server: str) -> str:
    """Id of a study that is done."""
    return made_study(server)


@pytest.fixture(scope="module")
def given_names(server: str) -> list[str]:
    """Names that the service gives and nobody translates: ids, variants, recipes, data sets, libraries."""
    found: list[str] = []
    for checkpoint in httpx.get(f"{server}/api/v1/checkpoints", timeout=HANG_S).json()["checkpoints"]:
        data = checkpoint["training_data"]
        found += [checkpoint["id"], checkpoint["variant"], *data, *(name.replace("_", " ") for name in data)]
    for kind in ("analyses", "jobs"):
        listed = httpx.get(f"{server}/api/v1/{kind}?limit=100", timeout=HANG_S).json()
        found += [entry["filename"] for entry in listed["items"]]
    board = httpx.get(f"{server}/api/v1/leaderboard", timeout=HANG_S).json()
    found.append(board["split_sha256"][:12])
    measured = [row[features] for row in board["checkpoints"] for features in ("frozen", "fine_tuned")]
    found += [one["matched_baseline"]["recipe"] for one in measured if one and one["matched_baseline"]]
    for embedding_map in httpx.get(f"{server}/api/v1/checkpoints/moe/maps", timeout=HANG_S).json()["maps"]:
        found += [embedding_map["image_set"]["name"], embedding_map["projection"]["library"]]
    return found


@pytest.fixture
def chinese(new_page: NewPage, server: str) -> Page:
    """A page of a browser that asks for Chinese, light and 1440 px wide."""
    return new_page(base_url=server, locale="zh-CN", viewport={"width": 1440, "height": 900})


def left_in_latin(texts: list[str], names: list[str]) -> list[str]:
    # Longer names first, so that a name inside another does not leave its rest behind.
    allowed = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    return sorted({text for text in texts if LATIN.search(allowed.sub("", text))})


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_chinese_throughout_and_stays_accessible(
    chinese: Page,
    address: str,
    analysis: str,
    batch: str,
    study: str,
    given_names: list[str],
) -> None:
    chinese.goto(address.format(analysis=analysis, batch=batch, study=study))
    chinese.wait_for_selector(ADDRESSES[address], state="attached")
    chinese.wait_for_load_state("networkidle")
    assert chinese.get_attribute("html", "lang") == "zh-Hans"
    texts: list[str] = chinese.evaluate(TEXTS)
    assert any(CHINESE.search(text) for text in texts)
    assert left_in_latin(texts, [*NAMES_IN_LATIN, *given_names]) == []
    for text in chinese.eval_on_selector_all(".xtitle, .ytitle, .legendtext, .gtitle", CHART_TEXTS):
        assert CHINESE.search(text), f"a chart says {text!r}"
    for look in LOOKS:
        put_on(chinese, look)
        assert serious_findings(chinese) == [], look


def test_the_switch_changes_the_language_and_keeps_what_is_on_show(page: Page) -> None:
    page.goto("/map?row=3&color=score")
    page.wait_for_selector("#picture-body .thumbnail")
    assert page.get_attribute("html", "lang") == "en"
    for language, title in (("zh-Hans", "嵌入图"), ("en", "Map")):
        page.select_option("#language", language)
        page.wait_for_selector(f"html[lang={language}] #legend li", state="attached")
        assert page.inner_text("h1") == title
        assert {"row=3", "color=score"} <= set(page.url.split("?")[1].split("&"))
        page.wait_for_selector("#picture-body .thumbnail")
        assert page.input_value("#color-by") == "score"
    page.select_option("#language", "zh-Hans")
    page.wait_for_selector("html[lang=zh-Hans]")
    page.goto("/")
    assert page.get_attribute("html", "lang") == "zh-Hans"
    assert page.input_value("#language") == "zh-Hans"


def test_a_problem_is_told_in_chinese_around_the_services_own_sentence(chinese: Page) -> None:
    chinese.goto("/map?checkpoint=nothing")
    chinese.wait_for_selector("#problem", state="visible")
    assert chinese.inner_text("#problem h2") == "未找到"
    assert chinese.get_attribute("#problem .problem-detail", "lang") == "en"
    assert chinese.inner_text("#problem .problem-advice") == "请从列表中选择其他检查点。"
