"""What the API says of analyses; the Python client reads it with these models, so nothing here loads the service."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from backend.schemas import Frozen, PredictionResponse, ScoreResponse


class Links(Frozen):
    """Where to find the analysis and its pictures; paths on this host."""

    self: str
    page: str
    picture: str = Field(description="The picture as it was scored, to the pixel, without metadata.")
    thumbnail: str


class AnalysisSummary(Frozen):
    """An entry of the list: the score under the checkpoint that was used first."""

    id: str
    created_at: datetime
    filename: str = Field(description="Name to show; not a path.")
    checkpoint: str
    score: ScoreResponse
    links: Links


class AnalysisResponse(PredictionResponse, AnalysisSummary):
    """An analysis under one checkpoint."""

    scored_checkpoints: list[str] = Field(description="Every checkpoint that scored this picture, in order.")


class AnalysisList(Frozen):
    """A part of the list of analyses, newest first."""

    items: list[AnalysisSummary]
    next_cursor: str | None = Field(description="Send it back as `cursor` for the next part; null at the end.")
    total: int = Field(ge=0, description="How many the whole list has now, in all its parts.")


class PredictionRequest(Frozen):
    """Which checkpoint shall score the kept picture."""

    checkpoint: str = Field(min_length=1, max_length=255, examples=["no_gmm"])
