"""Where things lie in the repository, for tests that read what is shipped; checkpoints: `CHECKPOINTS_FOLDER`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
FRONTEND: Final = ROOT / "frontend"
SCRIPTS: Final = FRONTEND / "static" / "js"
SAMPLES: Final = FRONTEND / "static" / "samples"
PHOTOGRAPH: Final = SAMPLES / "coffee.jpg"
"""A sample of 512 by 341 pixels that nothing distorts."""
