#!/usr/bin/env bash
# Pillow takes a sound big-endian BigTIFF for a classic TIFF and finds no picture in it; tifffile reads the same bytes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" pillow==13.0.0 tifffile==2026.3.3 numpy==2.4.6
PYTHONPATH="$folder" python3 - <<'PYTHON'
import io, sys
import numpy, PIL, tifffile
from PIL import Image

pixels = numpy.arange(64 * 64 * 3, dtype=numpy.uint8).reshape(64, 64, 3)
answers = {}
for order in "<>":
    file = io.BytesIO()
    tifffile.imwrite(file, pixels, bigtiff=True, byteorder=order)
    assert (tifffile.imread(io.BytesIO(file.getvalue())) == pixels).all()
    try:
        answers[order] = str((numpy.asarray(Image.open(io.BytesIO(file.getvalue()))) == pixels).all())
    except Exception as error:
        answers[order] = repr(error)
print(f"Pillow {PIL.__version__}: little-endian {answers['<']}, big-endian {answers['>']}")
sys.exit(not (answers["<"] == "True" and answers[">"] != "True"))
PYTHON
