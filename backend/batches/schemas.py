"""What the API says of batches: a job, and an item with its result, short for pages and whole for files."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from backend.batches.store import BatchState, ItemState
from backend.children.archives import SkipReason
from backend.schemas import ExpertResponse, Frozen, Percent, Points, ScoreResponse, Share, Tenths


class JobLinks(Frozen):
    """Where to find a job and what became of it; paths on this host."""

    self: str
    page: str
    events: str = Field(description="Server-sent events: `progress`, `item` and, once nothing is left to do, `end`.")
    items: str
    results: str = Field(description="A file with every finished item; add `?format=csv`, `jsonl` or `parquet`.")


class SkippedFile(Frozen):
    """A file of an archive that is no item of the batch."""

    filename: str
    reason: SkipReason = Field(
        description="`system-file`: what macOS, Windows, desktops and network drives leave in folders, such as "
        "`__MACOSX`, `._*` and `Thumbs.db`; `hidden-file`: its name, or that of a folder above it, begins with a dot."
    )


class JobResponse(Frozen):
    """A batch of pictures being scored under one checkpoint, as far as it is."""

    id: str
    created_at: datetime
    started_at: datetime | None = Field(description="Null until the first picture's turn.")
    finished_at: datetime | None = Field(description="When it was done or cancelled; null before.")
    state: BatchState
    checkpoint: str
    filename: str = Field(description="Name of the archive or of the first file as it was sent; text, never a path.")
    total: int = Field(ge=0, description="How many pictures it has.")
    finished: int = Field(ge=0, description="How many of them have a result: scored and refused.")
    scored: int = Field(ge=0)
    refused: int = Field(ge=0, description="How many cannot be scored; each item says why.")
    skipped: int = Field(ge=0, description="How many files of an archive are nobody's pictures, and not in `total`.")
    skipped_files: list[SkippedFile] = Field(description="The first hundred of them, each with its reason.")
    mean_score: Points | None = Field(description="Mean of what was scored so far; null before the first.")
    seconds_left: Tenths | None = Field(description="Estimate from the pace so far; null where there is none.")
    links: JobLinks


class JobList(Frozen):
    """A part of the list of jobs, newest first."""

    items: list[JobResponse]
    next_cursor: str | None = Field(description="Send it back as `cursor` for the next part; null at the end.")
    total: int = Field(ge=0, description="How many the whole list has now, in all its parts.")


class ItemErrorResponse(Frozen):
    """Why a picture was refused."""

    code: str = Field(description="A stable name of this kind of error, the same as an upload's answer has.")
    detail: str = Field(description="What was got and what was expected.")


class TopCluster(Frozen):
    """The cluster that a picture most likely belongs to."""

    name: str
    posterior: Share


class TopExpert(Frozen):
    """The expert that has most weight."""

    name: str
    weight: Share


class TopDistortion(Frozen):
    """The most likely distortion type and its group, both `clean` for none."""

    type: str
    group: str
    probability: Share


class ItemResponse(Frozen):
    """One picture of a batch with its result; what a refused one, or a variant, does not have is null."""

    sequence: int = Field(ge=1, description="Its place in the order in which the job's items finished, from 1.")
    position: int = Field(ge=0, description="Its place in the batch, from 0.")
    filename: str = Field(description="As it was sent; in an archive, the path inside. Text, never a path here.")
    state: ItemState
    score: ScoreResponse | None
    error: ItemErrorResponse | None = Field(description="Null where it was scored.")
    width: int | None = Field(description="Pixels, after orientation.")
    height: int | None = Field(description="Pixels, after orientation.")
    format: str | None = Field(description="Encoded format.", examples=["JPEG"])
    notes: list[str] | None = Field(description="What was done to it before scoring, if anything.")
    familiarity: Percent | None = Field(description="Percentile of its log-likelihood among the training photographs.")
    top_cluster: TopCluster | None
    top_expert: TopExpert | None
    distortion: TopDistortion | None
    weights_sha256: str | None = Field(description="SHA-256 of the weights that gave this score.")


class ItemDetail(ItemResponse):
    """One picture of a batch as files of results have it. K clusters, E experts."""

    checkpoint: str
    posteriors: list[Share] | None = Field(description="p(cluster given picture), K; adds up to one.")
    gating_weights: list[Share] | None = Field(description="The gate's own output, E; adds up to one.")
    routing_weights: list[Share] | None = Field(description="What weighs the experts, E; adds up to one.")
    experts: list[ExpertResponse] | None = Field(description="Empty where the variant has no experts.")


class ItemPage(Frozen):
    """A part of a job's finished items."""

    items: list[ItemResponse]
    next_after: int | None = Field(description="Send it back as `after` for the next part; null at the end.")
