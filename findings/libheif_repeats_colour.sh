#!/usr/bin/env bash
# pi-heif (libheif) brings 4:2:0 colour of HEIC to full size by repeating each sample 2 x 2 and has no option to interpolate;
# Pillow's readers of JPEG and AVIF interpolate the same picture.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" pillow==13.0.0 pillow-heif==1.8.1 numpy==2.4.6
PYTHONPATH="$folder" python3 - <<'PYTHON'
import io, sys
import numpy, pillow_heif
from PIL import Image

random = numpy.random.default_rng(0)
picture = Image.fromarray(random.integers(0, 256, (24, 32, 3), dtype=numpy.uint8)).resize((256, 192))

def steps(pixels):
    red = pixels[..., 0].astype(float) - pixels @ numpy.array((0.299, 0.587, 0.114))
    change = numpy.abs(numpy.diff(red, axis=1)).mean(axis=0)
    return change[0::2].mean(), change[1::2].mean()

found = {}
for name, save in {
    "HEIC": lambda file: pillow_heif.from_pillow(picture).save(file, quality=95, chroma=420),
    "JPEG": lambda file: picture.save(file, "JPEG", quality=95, subsampling="4:2:0"),
    "AVIF": lambda file: picture.save(file, "AVIF", quality=95, subsampling="4:2:0"),
}.items():
    file = io.BytesIO()
    save(file)
    data = io.BytesIO(file.getvalue())
    pixels = numpy.asarray(pillow_heif.open_heif(data) if name == "HEIC" else Image.open(data).convert("RGB"))
    found[name] = steps(pixels)
    print(f"{name}: colour changes by {found[name][0]:.2f} inside pairs of columns, {found[name][1]:.2f} between them")
print("pillow-heif", pillow_heif.__version__, "libheif", pillow_heif.libheif_info()["libheif"])
repeats = {name: inside < 0.25 * between for name, (inside, between) in found.items()}
sys.exit(repeats != {"HEIC": True, "JPEG": False, "AVIF": False})
PYTHON
