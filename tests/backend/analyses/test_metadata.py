"""What a camera or an editor wrote into a file, such as where it was taken, stays in no file of ours."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD
from PIL.PngImagePlugin import PngInfo

from backend.settings import Settings
from models.images import decode
from tests.backend.fakes import Studio, png

pytestmark = pytest.mark.anyio
SECRET = b"48-51-29.6N-2-17-40.2E"


def saved(form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(png())) as image:
        image.save(buffer, form, **options)
    return buffer.getvalue()


def exif() -> Image.Exif:
    written = Image.Exif()
    written[0x010E] = SECRET.decode()  # ImageDescription
    written[0x0112] = 3
    written.get_ifd(IFD.GPSInfo)[GPS.GPSAreaInformation] = SECRET
    return written


def profile() -> bytes:
    stored = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = stored.find("sRGB".encode("utf-16-be"))
    stored[at : at + 8] = SECRET[:8]
    return bytes(stored)


def text() -> PngInfo:
    written = PngInfo()
    written.add_text("Comment", SECRET.decode())
    written.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET.decode()}</x>")
    return written


UPLOADS: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: saved("JPEG", exif=exif(), icc_profile=profile(), xmp=b"<x>" + SECRET + b"</x>", comment=SECRET),
    "png": lambda: saved("PNG", exif=exif(), icc_profile=profile(), pnginfo=text()),
    "webp": lambda: saved("WEBP", exif=exif(), icc_profile=profile(), xmp=b"<x>" + SECRET + b"</x>"),
    "tiff": lambda: saved("TIFF", exif=exif(), icc_profile=profile()),
    "trailing bytes": lambda: png() + SECRET,
}


@pytest.mark.parametrize("upload", UPLOADS.values(), ids=UPLOADS)
async def test_no_file_that_is_kept_or_sent_says_what_the_upload_said_beside_its_pixels(
    studio: Studio, settings: Settings, upload: Callable[[], bytes]
) -> None:
    data = upload()
    assert SECRET[:8] in data
    links = (await studio.upload(data, name="photo")).json()["links"]
    lab = f"{links['self']}/distortions/gaussian_blur/3/picture"
    sent = [(await studio.client.get(address)).content for address in (links["picture"], links["thumbnail"], lab)]
    stored = [path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file()]
    assert len(stored) >= 3  # two of the picture, and the database
    for content in (*sent, *stored):
        assert SECRET[:8] not in content
    for content in sent:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            assert dict(image.getexif()) in ({}, {0x0112: 3})
            assert {"xmp", "comment", "Comment"} & set(image.info) == set()
    assert np.array_equal(decode(sent[0]).pixels_HWC, decode(data).pixels_HWC)
