"""Which language a page comes in, and where its words come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.languages import load_language
from tests.backend.fakes import Studio

pytestmark = pytest.mark.anyio

CATALOGUE = """
msgid ""
msgstr "Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Map"
msgstr "地图"

#, fuzzy
msgid "Score"
msgstr "分"

msgid "Lab"
msgstr ""

msgid "{count} picture"
msgid_plural "{count} pictures"
msgstr[0] "{count} 张图片"
"""


@pytest.mark.parametrize(
    ("accepted", "cookie", "expected"),
    [
        (None, None, "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", None, "zh-Hans"),
        ("zh", None, "zh-Hans"),
        ("zh-TW", None, "zh-Hans"),
        ("zh-Hans-CN", None, "zh-Hans"),
        ("en-GB,zh-CN;q=0.5", None, "en"),
        ("fr, zh-Hans;q=0.5, en;q=0.3", None, "zh-Hans"),
        ("zh;q=0", None, "en"),
        ("zh;q=much", None, "en"),
        ("fr", None, "en"),
        ("zh-CN", "en", "en"),
        ("en", "zh-Hans", "zh-Hans"),
        ("en", "tlh", "en"),
    ],
)
async def test_the_switch_decides_and_else_what_the_browser_accepts(
    studio: Studio, accepted: str | None, cookie: str | None, expected: str
) -> None:
    headers = {"accept-language": accepted} if accepted else {}
    headers |= {"cookie": f"language={cookie}"} if cookie else {}
    answer = await studio.client.get("/map", headers=headers)
    assert answer.headers["content-language"] == expected
    assert f"lang='{expected}'" in answer.text
    assert ("地图" in answer.text) == (expected == "zh-Hans")
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["vary"].split(", "))


def test_scripts_get_every_translated_message_and_no_unsure_one(tmp_path: Path) -> None:
    folder = tmp_path / "zh_Hans/LC_MESSAGES"
    folder.mkdir(parents=True)
    for name in ("pages.po", "scripts.po"):
        (folder / name).write_text(CATALOGUE)
    language = load_language(tmp_path, "zh-Hans")
    assert dict(language.script_messages) == {"Map": "地图", "{count} picture": ["{count} 张图片"]}
    assert language.translations.gettext("Map") == "地图"
    assert language.translations.gettext("Score") == "Score"


def test_a_language_without_its_catalogues_fails_loudly(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"pages\.po"):
        load_language(tmp_path, "zh-Hans")
