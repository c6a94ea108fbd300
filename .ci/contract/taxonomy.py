"""The taxonomy of distortions as the scripts read it: this writes it from `models/taxonomy.py`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from models.taxonomy import CLEAN, TAXONOMY

SCRIPT: Final = Path(__file__).resolve().parents[2] / "frontend/static/js/drawing/taxonomy.js"
TEXT: Final = """\
/** Distortion groups and their types, from `models/taxonomy.py`. `make contract` writes this file; nobody edits it. */

/** @type {{Readonly<Record<string, readonly string[]>>}} */
export const GROUPS = Object.freeze({{
{groups}
}});
"""


def text() -> str:
    """The script."""
    groups = {CLEAN: (CLEAN,), **TAXONOMY.groups}
    return TEXT.format(groups="\n".join(f"  {name}: {json.dumps(types)}," for name, types in groups.items()))


if __name__ == "__main__":
    SCRIPT.write_text(text(), encoding="utf-8")
