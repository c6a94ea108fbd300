"""`python -m backend.pages FRONTEND` compresses the static files of a frontend's folder: a step of set-up."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from backend.pages.compression import compress
from models.terminal import CommandParser


def main(arguments: Sequence[str] | None = None) -> int:
    """Compress what is new or has changed; returns the process's exit status."""
    parser = CommandParser(prog="python -m backend.pages", description="Compress the static files once, at set-up.")
    parser.add_argument("frontend", type=Path, help="the folder that has static/; compressed/ is made beside that")
    number = compress(parser.parse_args(arguments).frontend)
    print(f"{number} compressed files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
