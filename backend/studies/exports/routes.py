"""Files of a study that are made when somebody asks for them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Response

from backend.addresses import STUDIES_PATH
from backend.errors import InvalidBatch
from backend.inference.known_checkpoint import CatalogueDep
from backend.routing.documented import binary, documented
from backend.routing.parts import part
from backend.studies.exports.making import StudyExports
from backend.studies.routes import AskedCheckpoint, KnownStudy, StudiesDep, file_name
from backend.studies.store import Study

ExportsDep = Annotated[StudyExports, part(StudyExports)]

MOST_IN_ARCHIVE: Final = 2000
"""Small copies of one answer: some 20 MB."""
_ZIP: Final = "application/zip"
_CSV: Final = "text/csv; charset=utf-8"
_FINDING: Final = documented(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.UNPROCESSABLE_ENTITY)

router = APIRouter(prefix=f"{STUDIES_PATH}/{{study_id}}", tags=["studies"])


@router.get(
    "/subset",
    response_class=Response,
    responses={**_FINDING, int(HTTPStatus.OK): {"content": binary(_CSV, _ZIP)}},
)
async def get_study_subset(
    studies: StudiesDep,
    catalogue: CatalogueDep,
    exports: ExportsDep,
    study: KnownStudy,
    checkpoint: AskedCheckpoint,
    n: Annotated[int, Query(ge=1, le=2**31 - 1, description="How many; all where there are no more.")],
    form: Annotated[
        Literal["csv", "zip"],
        Query(alias="format", description="A list, or the list with small copies: whole pictures are not kept."),
    ] = "csv",
) -> Response:
    """Pictures that stand for all: of each cluster and fifth of the scores the same share, the most different ones."""
    studies.finished_folder(study)
    predictor = await catalogue.find(checkpoint)
    if form == "csv":
        return _download(await exports.subset_list(study, predictor, n), study, f"subset-{n}.csv", _CSV)
    if n > MOST_IN_ARCHIVE:
        raise InvalidBatch(f"got {n} pictures for one zip, expected at most {MOST_IN_ARCHIVE}; a list may have all")
    return _download(await exports.subset_archive(study, predictor, n), study, f"subset-{n}.zip", _ZIP)


@router.get("/xmp", response_class=Response, responses={**_FINDING, int(HTTPStatus.OK): {"content": binary(_ZIP)}})
async def get_study_stars(
    studies: StudiesDep, exports: ExportsDep, study: KnownStudy, checkpoint: AskedCheckpoint
) -> Response:
    """Stars by a checkpoint's score, as XMP sidecars beside the names of the pictures, in a zip."""
    studies.finished_folder(study)
    return _download(await exports.stars(study, checkpoint), study, f"{checkpoint}.xmp.zip", _ZIP)


def _download(data: bytes, study: Study, ending: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file_name(study, ending)}"'}
    return Response(data, media_type=media_type, headers=headers)
