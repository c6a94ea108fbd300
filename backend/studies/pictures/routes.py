"""Pictures of a study: their rows under a checkpoint, sorted, their scores as columns, and their small copies."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import TypeAdapter

from backend.addresses import STUDIES_PATH
from backend.routing.content import KEPT_PICTURE, REVALIDATED, Content, WholeFile, content_response
from backend.routing.documented import Documented, binary, documented, documented_file, documented_json
from backend.routing.parts import part
from backend.studies.decisions.records import Rule, RuleKind, Triage
from backend.studies.pictures.decided import ChoiceFilter, DecidedFilter
from backend.studies.pictures.reading import StudyRows
from backend.studies.pictures.rows import MEDIA_TYPES, RowsFormat, SortKey, Wanted
from backend.studies.routes import AskedCheckpoint, KnownStudy, StudiesDep, file_name
from backend.studies.schemas import PicturePage, PicturePair, StudyScores
from models.studies.pictures.small import SMALL_MEDIA_TYPE

RowsDep = Annotated[StudyRows, part(StudyRows)]

_FINDING: Final = documented(HTTPStatus.NOT_FOUND)
_FILES: Final = binary(*(kind for form, kind in MEDIA_TYPES.items() if form != "json"))
_PICTURES: Final[Documented] = {int(HTTPStatus.OK): {"model": PicturePage, "content": _FILES}}
_MOST_PICTURES: Final = 2**31 - 1
Place = Annotated[int, Path(ge=0, le=_MOST_PICTURES, description="A picture's `position`.")]

_RULE_PATTERN: Final = r"^[A-Za-z0-9._-]{1,200},(points|percentile),\d{1,3}(\.\d{1,4})?,\d{1,3}(\.\d{1,4})?$"
_KIND: Final[TypeAdapter[RuleKind]] = TypeAdapter(RuleKind)

router = APIRouter(prefix=STUDIES_PATH, tags=["studies"])


def _filter(
    triage: Annotated[Triage | None, Query(description="Where the rule puts them.")] = None,
    decision: Annotated[ChoiceFilter | None, Query(description="What was decided about them by hand.")] = None,
    tag: Annotated[str | None, Query(max_length=40, description="A tag that they have.")] = None,
) -> DecidedFilter:
    return DecidedFilter(triage, decision, tag)


def _rule(
    rule: Annotated[
        str | None,
        Query(pattern=_RULE_PATTERN, description="Another rule than the study's, such as `moe,points,40,60`."),
    ] = None,
) -> Rule | None:
    if rule is None:
        return None
    checkpoint, kind, *ends = rule.split(",")
    low, high = sorted(float(end) for end in ends)
    return Rule(checkpoint, _KIND.validate_python(kind), min(low, 100.0), min(high, 100.0))


DecidedDep = Annotated[DecidedFilter, Depends(_filter)]
RuleDep = Annotated[Rule | None, Depends(_rule)]


@router.get("/{study_id}/pictures", response_model=None, responses={**_FINDING, **_PICTURES})
async def list_study_pictures(
    studies: StudiesDep,
    rows: RowsDep,
    study: KnownStudy,
    decided: DecidedDep,
    rule: RuleDep,
    checkpoint: Annotated[
        str | None, Query(description="Whose rows; default: those of the best one, and for a file, of all.")
    ] = None,
    other: Annotated[str | None, Query(description="A second checkpoint, for `disagreement`.")] = None,
    sort: Annotated[SortKey, Query(description="Both errors are those after the mapping to the labels.")] = "position",
    order: Annotated[Literal["asc", "desc"], Query(description="What has no value is last in both.")] = "asc",
    state: Annotated[Literal["all", "scored", "refused"], Query(description="Which of them.")] = "all",
    q: Annotated[str, Query(max_length=200, description="Text within the file name, whatever its case.")] = "",
    after: Annotated[int, Query(ge=0, le=_MOST_PICTURES, description="`next_after` of the part before.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="Longest part of JSON; a file has all.")] = 100,
    form: Annotated[RowsFormat, Query(alias="format", description="JSON in parts, or a file.")] = "json",
    bom: Annotated[bool, Query(description="Begin CSV with a byte order mark, as spreadsheets know UTF-8.")] = True,
    protect: Annotated[bool, Query(description="Put an apostrophe before texts that a spreadsheet would run.")] = False,
) -> PicturePage | StreamingResponse:
    """Rows of pictures under a checkpoint, sorted: a part for a page, or all of them as a file."""
    folder = studies.finished_folder(study)
    wanted = Wanted(
        checkpoint=checkpoint or studies.default_checkpoint(study),
        other=other,
        sort=sort,
        is_descending=order == "desc",
        state=None if state == "all" else state,
        name_part=q.strip(),
        decided=decided,
    )
    if form == "json":
        return await rows.page(folder, study, wanted, rule, after=after, limit=limit)
    chosen = None if checkpoint is None and decided.wants_all else wanted
    pieces = await rows.file(folder, study, chosen, rule, form, has_mark=bom, is_protected=protect)
    name = file_name(study, form if checkpoint is None else f"{checkpoint}.{form}")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=MEDIA_TYPES[form], headers=headers)


@router.get("/{study_id}/pairs", responses=_FINDING)
async def get_study_pair(
    studies: StudiesDep,
    rows: RowsDep,
    study: KnownStudy,
    a: Annotated[int, Query(ge=0, le=_MOST_PICTURES, description="`position` of the first picture.")],
    b: Annotated[int, Query(ge=0, le=_MOST_PICTURES, description="`position` of the second.")],
    checkpoint: AskedCheckpoint,
) -> PicturePair:
    """Two pictures, what every checkpoint says of them, and how likely people would rate the first higher."""
    return await rows.pair(studies.finished_folder(study), study, checkpoint, (a, b))


@router.get("/{study_id}/scores", response_class=Response, responses={**_FINDING, **documented_json(StudyScores)})
async def get_study_scores(request: Request, studies: StudiesDep, rows: RowsDep, study: KnownStudy) -> Response:
    """Labels and all checkpoints' scores, column by column, of the pictures that could be read."""
    answer = await rows.scores(studies.finished_folder(study), study)
    return content_response(request, Content.of_model(answer), caching=REVALIDATED)


@router.get(
    "/{study_id}/pictures/{position}/thumbnail",
    response_class=WholeFile,
    responses={**_FINDING, **documented_file(SMALL_MEDIA_TYPE)},
)
async def get_study_thumbnail(studies: StudiesDep, study: KnownStudy, position: Place) -> WholeFile:
    """The picture made small; of one that cannot be read there is none."""
    path = studies.small_copy(study, position)
    return WholeFile(path, media_type=SMALL_MEDIA_TYPE, headers={"Cache-Control": KEPT_PICTURE})
