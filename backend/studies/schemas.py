"""What the API says of studies: a study, what a table of labels will be taken for, and rows of pictures."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from backend.schemas import Frozen, Percent, Points, Share, Tenths
from backend.studies.decisions.records import Triage
from backend.studies.decisions.schemas import DecisionResponse
from backend.studies.store import StudyState
from models.studies.findings.records import Verdict

Stage = Literal["looking", "measuring", "maps"]


class StudyLinks(Frozen):
    """Where to find a study and what it has; paths on this host."""

    self: str
    page: str
    events: str = Field(description="Server-sent events: `progress` and, once nothing is left to do, `end`.")
    figures: str
    pictures: str = Field(description="Rows of pictures; add `?format=csv`, `jsonl` or `parquet` for a file.")
    rule: str = Field(description="Two thresholds by which pictures pass, are to be reviewed, or are rejected.")
    pairs: str = Field(description="Two pictures, by `a` and `b`, and which people would rate higher.")
    scores: str = Field(description="Labels and all checkpoints' scores, column by column.")
    map: str = Field(description="Its map under a checkpoint; add `?checkpoint=`, or have the best one's.")
    experts: str = Field(description="Use and skill of a checkpoint's experts and clusters; likewise.")
    subset: str = Field(description="Pictures that stand for all; add `?n=`, and `&format=zip` for small copies, too.")
    xmp: str = Field(description="Stars as XMP sidecars, in a zip.")
    report: str = Field(description="One HTML file that needs nothing else.")
    unmatched: str = Field(description="Rows and pictures without a partner, as CSV.")


class StudyLabelsResponse(Frozen):
    """A study's table of labels, and what found a partner in it."""

    filename: str = Field(description="As it was sent; text, never a path.")
    column: str | None = Field(description="The column of the labels; null where there is none.")
    low: float | None = Field(description="Lower end of what the labels are on; null where no row has one.")
    high: float | None
    higher_is_better: bool | None = Field(description="False for DMOS.")
    matched: int = Field(ge=0, description="Pictures that have a row.")
    labelled: int = Field(ge=0, description="Those of them whose row has a label.")
    unmatched_rows: int = Field(ge=0, description="Rows whose picture was not sent.")
    unmatched_pictures: int = Field(ge=0, description="Pictures that have no row.")


class StudyOutcome(Frozen):
    """What came of a study, in short; its figures have the rest."""

    verdict: Verdict = Field(
        description="`clear`: `best` orders these pictures better than each of the others; `tied`: it cannot be told "
        "from `as_good`; the others say why there is no verdict."
    )
    best: str | None = Field(description="The checkpoint with the highest SRCC; null where there is none.")
    as_good: list[str] = Field(description="Checkpoints that these pictures do not tell from `best`.")
    readable: int = Field(ge=0, description="Pictures that could be read.")
    rated: int = Field(ge=0, description="Those of them that have a label.")


class StudyFailure(Frozen):
    """Why a study has come to nothing."""

    code: str
    detail: str


class StudyResponse(Frozen):
    """A set of pictures under several checkpoints, as far as it is."""

    id: str
    name: str
    created_at: datetime
    started_at: datetime | None = Field(description="Null until its turn.")
    finished_at: datetime | None = Field(description="When it was done or failed; null before.")
    state: StudyState
    stage: Stage | None = Field(description="`looking` at pictures, `measuring`, then `maps`; null unless it runs.")
    checkpoints: list[str]
    total: int = Field(ge=0, description="How many pictures it has.")
    done: int = Field(ge=0, description="How many of them were looked at.")
    refused: int = Field(ge=0, description="How many of these cannot be read; their rows say why.")
    skipped: int = Field(ge=0, description="How many files of an archive are nobody's pictures, and not in `total`.")
    labels: StudyLabelsResponse | None = Field(description="Null where no table was sent.")
    seconds_left: Tenths | None = Field(description="Estimate of the looking from its pace; null where there is none.")
    outcome: StudyOutcome | None = Field(description="Null until its figures stand, which maps do not hold up.")
    maps: list[str] = Field(description="Checkpoints whose map of the pictures can be looked at by now.")
    failure: StudyFailure | None = Field(description="Null unless it failed.")
    links: StudyLinks


class StudyList(Frozen):
    """A part of the list of studies, newest first."""

    items: list[StudyResponse]
    next_cursor: str | None = Field(description="Send it back as `cursor` for the next part; null at the end.")
    total: int = Field(ge=0, description="How many the whole list has now, in all its parts.")


class LabelColumns(Frozen):
    """The column of each role; null where the table has none."""

    image: str | None = None
    label: str | None = None
    std: str | None = None
    type: str | None = None
    level: str | None = None
    reference: str | None = None


class LabelSample(Frozen):
    """One row of a table as it will be taken."""

    image: str
    label: float | None
    score: Points | None = Field(description="The label on 0-100, higher is better.")
    picture: str | None = Field(description="The picture that the row is of; null where none fits.")


class LabelsPreview(Frozen):
    """What a table of labels will be taken for."""

    filename: str
    header: list[str] = Field(description="All of its columns.")
    columns: LabelColumns
    fields: list[str] = Field(description="Further columns, by which errors are told apart.")
    rows: int = Field(ge=0)
    labelled: int = Field(ge=0, description="Rows with a label.")
    smallest: float | None = Field(description="Of the labels as they stand in the table.")
    largest: float | None
    low: float | None = Field(description="Lower end of what they are taken to be on; null where that is to be said.")
    high: float | None
    higher_is_better: bool | None
    matched: int | None = Field(description="Pictures that have a row; null where no pictures were named.")
    unmatched_rows: int | None
    unmatched_pictures: int | None
    samples: list[LabelSample] = Field(description="Up to ten rows, those with a picture first.")
    asks: Literal["image", "range"] | None = Field(
        description="What only its owner can say before it can be taken: the column of the pictures' names, or `low` "
        "and `high`; null where nothing is missing."
    )
    detail: str | None = Field(description="Why it is asked for.")


class PictureRow(Frozen):
    """One picture of a study under a checkpoint; what it does not have is null."""

    position: int = Field(ge=0, description="Its place in the study, from 0.")
    filename: str
    state: Literal["scored", "refused"]
    error_code: str | None
    error_detail: str | None
    score: Points | None = Field(description="Predicted MOS, 0-100.")
    low: Points | None = Field(description="Lower end of the 90 % interval.")
    high: Points | None
    word: str | None
    label: Points | None = Field(description="On 0-100, higher is better.")
    error: Points | None = Field(description="Score after the mapping to the labels, less the label.")
    other_score: Points | None = Field(description="Score under the checkpoint that was named as `other`.")
    familiarity: Percent | None
    entropy: float | None = Field(description="Of the posteriors, in nats: high where clusters share the picture.")
    top_cluster: str | None
    top_expert: str | None
    distortion_type: str | None
    width: int | None
    height: int | None
    duplicate_group: int | None = Field(description="Number of its group of near-duplicates.")
    duplicate_rank: int | None = Field(description="Its place in that group by score; 1 is the best.")
    triage: Triage | None = Field(description="Where the study's rule puts it; null without a rule or a score.")
    decision: DecisionResponse
    fields: dict[str, str] = Field(description="Further columns of the table of labels.")
    thumbnail: str | None = Field(description="Its small copy; null where it cannot be read.")


class PicturePage(Frozen):
    """A part of a study's pictures under one checkpoint."""

    checkpoint: str
    items: list[PictureRow]
    total: int = Field(ge=0, description="How many fit in all parts together.")
    next_after: int | None = Field(description="Send it back as `after` for the next part; null at the end.")


class CheckpointScores(Frozen):
    """Scores of one checkpoint, in the order of `positions`."""

    checkpoint: str
    scores: list[Points]


class StudyScores(Frozen):
    """Every picture that could be read, column by column."""

    positions: list[int]
    filenames: list[str]
    labels: list[Points | None]
    checkpoints: list[CheckpointScores]


class PairUnder(Frozen):
    """What a checkpoint says of two pictures."""

    checkpoint: str
    a: Points = Field(description="Score of the first.")
    b: Points
    probability: Share = Field(description="P that people would rate the first higher than the second.")


class PicturePair(Frozen):
    """Two pictures of a study under every checkpoint; the rows are those under the one that was asked for."""

    checkpoint: str
    a: PictureRow
    b: PictureRow
    are_near_duplicates: bool = Field(
        description="Whether both are in one group: then their errors have much in common, and P says too little."
    )
    under: list[PairUnder] = Field(description="Every checkpoint, in the order of the study.")
