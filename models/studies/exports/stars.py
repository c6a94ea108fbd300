"""Stars for programs that show photographs: an XMP sidecar for each picture, named as darktable and digiKam do.

A score's stars are ITU's five words: bad (below 20) is 1, poor 2, fair 3, good 4, excellent (80 and above) 5.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree

from models.files import write_atomically
from models.prediction import SCORE_RANGE

STARS_FOLDER: Final = "xmp"
MOST_STARS: Final = 5
_META: Final = "adobe:ns:meta/"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XMP: Final = "http://ns.adobe.com/xap/1.0/"


def stars(score: float) -> int:
    """1 to 5, by equal fifths of the scale."""
    low, high = SCORE_RANGE
    return min(max(1 + int((score - low) / (high - low) * MOST_STARS), 1), MOST_STARS)


def sidecar(score: float) -> bytes:
    """An XMP packet with the rating alone (XMP specification, part 1, section 7; `xmp:Rating` of part 2)."""
    root = ElementTree.Element(f"{{{_META}}}xmpmeta")
    description = ElementTree.SubElement(ElementTree.SubElement(root, f"{{{_RDF}}}RDF"), f"{{{_RDF}}}Description")
    description.set(f"{{{_RDF}}}about", "")
    description.set(f"{{{_XMP}}}Rating", str(stars(score)))
    for prefix, space in (("x", _META), ("rdf", _RDF), ("xmp", _XMP)):
        ElementTree.register_namespace(prefix, space)
    packet: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return packet


def path_inside(name: str) -> PurePosixPath:
    """Where a picture of this name lies in a folder or an archive; never outside."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return PurePosixPath(*(part for part in parts if part not in {"/", "..", "."}))


def sidecar_path(name: str) -> PurePosixPath:
    """Where the sidecar of a picture lies: beside it."""
    path = path_inside(name)
    return path.with_name(f"{path.name}.xmp")


def write_sidecars(folder: Path, scores: Mapping[str, float]) -> None:
    """Anew, into `xmp/`, in the folders of the pictures."""
    root = folder / STARS_FOLDER
    shutil.rmtree(root, ignore_errors=True)
    for name, score in scores.items():
        path = root / sidecar_path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, sidecar(score))
