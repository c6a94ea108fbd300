#!/usr/bin/env bash
# A JPEG of which half is missing but whose end marker is there opens in Pillow without an error or a warning, its lower half
# grey; simplejpeg, on the same libjpeg-turbo, says "premature end of data segment".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" pillow==13.0.0 simplejpeg==1.9.0 numpy==2.4.6
PYTHONPATH="$folder" python3 -W error - <<'PYTHON'
import io, sys
import numpy, PIL, simplejpeg
from PIL import Image

random = numpy.random.default_rng(0)
picture = Image.fromarray(random.integers(0, 256, (24, 32, 3), dtype=numpy.uint8)).resize((256, 192))
file = io.BytesIO()
picture.save(file, "JPEG", quality=90)
half = file.getvalue()[: len(file.getvalue()) // 2] + b"\xff\xd9"
pixels = numpy.asarray(Image.open(io.BytesIO(half)))
is_grey = bool((pixels[-8:] == 128).all())
try:
    simplejpeg.decode_jpeg(half)
    said = ""
except ValueError as error:
    said = str(error)
print(f"Pillow {PIL.__version__}: no error, last rows grey: {is_grey}; simplejpeg: {said!r}")
sys.exit(not (is_grey and "premature end" in said))
PYTHON
