"""One name for one content, whichever data set shows it: what keeps a test picture's photograph out of training.

The studio names an undistorted photograph `pristine/STEM`. LIVE's references are such photographs under LIVE's own
names; most are from Kodak's Lossless True Color Image Suite, which TID2013 shows under its numbers.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

PRISTINE: Final = "pristine"

_LIVE_NAME_OF_KODAK: Final = MappingProxyType(
    {
        "kodim03": "caps",
        "kodim04": "womanhat",
        "kodim05": "bikes",
        "kodim06": "sailing1",
        "kodim08": "buildings",
        "kodim09": "sailing2",
        "kodim10": "sailing3",
        "kodim11": "sailing4",
        "kodim13": "stream",
        "kodim14": "rapids",
        "kodim16": "ocean",
        "kodim17": "statue",
        "kodim18": "woman",
        "kodim19": "lighthouse",
        "kodim20": "plane",
        "kodim21": "lighthouse2",
        "kodim22": "house",
        "kodim23": "parrots",
        "kodim24": "paintedhouse",
    }
)


def pristine_content(stem: str) -> str:
    """The content of an undistorted photograph by its file's stem: `bikes` and `kodim05` are both `pristine/bikes`."""
    return f"{PRISTINE}/{_LIVE_NAME_OF_KODAK.get(stem.lower(), stem)}"


def canonical_content(reference: str) -> str:
    """The one name of a reference's content; a reference of another set than the pristine one is its own name."""
    dataset, _, stem = reference.partition("/")
    return pristine_content(stem) if dataset == PRISTINE else reference
