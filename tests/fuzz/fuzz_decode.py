"""Coverage-guided fuzzing of `models.images.decode`; `make fuzz` runs it from the corpus, for SECONDS.

    python -m tests.fuzz.fuzz_decode FOLDER SECONDS

Inputs that found something new are kept in FOLDER/seeds, those that broke `decode` in FOLDER/crashes. Broken means:
an exception that is no `ImageError`, a result that is no picture within the limits, a warning, a crash of a decoder,
more than 10 seconds, or more than 2 GB.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Final

import atheris  # by `make fuzz` alone: no other test needs it
import numpy as np

with atheris.instrument_imports(include=["models", "PIL", "pi_heif"]):
    from models.images import ImageError, decode
    from models.images.limits import ImageLimits, check_size

LIMITS: Final = ImageLimits(max_pixels=1_000_000)
MAX_SEED_BYTES: Final = 40_000
LONGEST_S: Final = 10
MAX_MEMORY_MB: Final = 2048


def check(data: bytes) -> None:
    """Raise whatever `decode` must not."""
    try:
        image = decode(data, limits=LIMITS)
    except ImageError:
        return
    assert image.pixels_HWC.dtype == np.uint8
    assert image.pixels_HWC.shape == (image.height, image.width, 3)
    check_size((image.width, image.height), limits=LIMITS)


def write_seeds(folder: Path) -> None:
    """Each file of the corpus that is not large, under its name."""
    from tests.images.corpus import CORPUS

    folder.mkdir(parents=True, exist_ok=True)
    for sample in CORPUS:
        if len(sample.data) <= MAX_SEED_BYTES:
            (folder / sample.name).write_bytes(sample.data)


def main(folder: Path, seconds: int) -> None:
    """Fuzz from FOLDER/seeds for so many seconds."""
    write_seeds(folder / "seeds")
    (folder / "crashes").mkdir(exist_ok=True)
    warnings.simplefilter("error")
    options = (
        f"-max_total_time={seconds}",
        f"-timeout={LONGEST_S}",
        f"-rss_limit_mb={MAX_MEMORY_MB}",
        f"-artifact_prefix={folder / 'crashes'}/",
        "-max_len=65536",
        "-print_final_stats=1",
    )
    atheris.Setup([sys.argv[0], *options, str(folder / "seeds")], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
