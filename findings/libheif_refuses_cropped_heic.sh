#!/usr/bin/env bash
# pi-heif 1.4 (libheif 1.23.0) refuses a sound HEIC whose clean aperture (clap) leaves a small part of it: "Security limit exceeded",
# counted from the part instead of the coded picture (strukturag/libheif#1856). Without its clap the same file opens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" pillow==13.0.0 pillow-heif==1.8.1 pi-heif==1.4.0 numpy==2.4.6
PYTHONPATH="$folder" python3 - <<'PYTHON'
import io, struct, sys
import pi_heif, pillow_heif
from PIL import Image

file = io.BytesIO()
pillow_heif.from_pillow(Image.new("RGB", (512, 336), (200, 90, 60))).save(file, quality=90, chroma=420)

def boxes(data):
    at = 0
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + length]
        at += length

def box(kind, *parts):
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content

whole = dict(boxes(file.getvalue()))
meta = dict(boxes(whole[b"meta"][4:]))
coding = dict(boxes(dict(boxes(meta[b"iprp"]))[b"ipco"]))[b"hvcC"]
pixels = whole[b"mdat"]

def heic(*cuts):
    properties = box(b"hvcC", coding), box(b"ispe", bytes(4), struct.pack(">2I", 512, 336)), *cuts
    places = bytes(0x80 | place for place in range(1, len(properties) + 1))
    start = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    def meta_box(at):
        return box(
            b"meta", bytes(4),
            box(b"hdlr", bytes(8), b"pict", bytes(13)),
            box(b"pitm", bytes(4), b"\0\1"),
            box(b"iinf", bytes(4), b"\0\1", box(b"infe", b"\2\0\0\0", b"\0\1\0\0hvc1\0")),
            box(b"iprp", box(b"ipco", *properties), box(b"ipma", bytes(4), struct.pack(">IHB", 1, 1, len(places)), places)),
            box(b"iloc", b"\1\0\0\0", b"\x44\0\0\1", struct.pack(">4H2I", 1, 0, 0, 1, at, len(pixels))),
        )
    return start + meta_box(len(start) + len(meta_box(0)) + 8) + box(b"mdat", pixels)

answers = []
for name, cuts in {"whole": (), "cut to 200 x 140": (box(b"clap", struct.pack(">8I", 200, 1, 140, 1, 0, 1, 0, 1)),)}.items():
    try:
        picture = pi_heif.open_heif(io.BytesIO(heic(*cuts)))[0]
        picture.load()
        answers.append(str(picture.size))
    except Exception as error:
        answers.append(f"{type(error).__name__}: {' '.join(str(error).split())}")
    print(f"{name}: {answers[-1]}")
print("pi-heif", pi_heif.__version__, "libheif", pi_heif.libheif_info()["libheif"])
sys.exit(not (answers[0] == "(512, 336)" and "Security limit" in answers[1]))
PYTHON
