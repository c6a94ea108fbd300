"""What the API says of checkpoints beside their scores: cards, files and verification."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, FiniteFloat

from backend.checkpoints.cards import ServingState
from backend.checkpoints.schemas import CheckpointResponse, RefusalResponse
from backend.schemas import Frozen, Points, Seconds
from models.checkpoints.integrity import FileState
from models.figures.measurements import Features
from models.figures.records import Spread
from models.parts import Part

Fold = Literal["test_fold", "held_out_whole"]
"""`test_fold`: the test part of content-disjoint splits; `held_out_whole`: a rated set that no head saw anything of."""


class HeldOutResponse(Frozen):
    """How well scores agree with the labels of pictures that the head did not see."""

    name: str = Field(description="photographs, synthetic, or a rated set's name.")
    fold: Fold
    srcc: Spread | None
    plcc: Spread | None


class DatasetResponse(Frozen):
    """A data set that the weights saw."""

    name: str
    num_pictures: int


class CardSummary(CheckpointResponse):
    """A checkpoint that is served, with what it is made of and how well it did."""

    parts: list[Part]
    backbone: str
    is_fine_tuned: bool = Field(description="Whether the trunk's last stages were trained, too.")
    recipe: str
    fitted_on: str = Field(description="Which part of the data the shipped weights saw, in words.")
    datasets: list[DatasetResponse]
    num_splits: int | None = Field(description="Over how many splits the figures are; null without metrics.")
    features: Features | None = Field(description="What the figures stand on, as the weights do; null without metrics.")
    figures: list[HeldOutResponse] = Field(description="Of what ships; empty without readable metrics.")


class CardList(Frozen):
    """Every checkpoint folder: a card for those that serve, the reason for those that were refused."""

    default: str | None = Field(description="Used where a request names none; null where nothing is served.")
    parts: list[Part] = Field(description="Every part there can be, in the order of the way through a model.")
    cards: list[CardSummary]
    refused: list[RefusalResponse]


class CardTextResponse(Frozen):
    """A model card in both forms."""

    checkpoint: str
    markdown: str
    html: str = Field(description="Without scripts, styles, pictures and foreign markup; headings from level 3.")


class FileResponse(Frozen):
    """One file of a checkpoint: what was recorded of it and what was found; null for what nobody recorded or found."""

    path: str = Field(description="Relative to the folder of all checkpoints.")
    state: FileState
    recorded_bytes: int | None
    found_bytes: int | None
    recorded_sha256: str | None
    found_sha256: str | None


class IntegrityResponse(Frozen):
    """A checkpoint's files, read and hashed for this answer."""

    checkpoint: str
    state: ServingState
    refusal: RefusalResponse | None
    files: list[FileResponse]


class VerificationResponse(Frozen):
    """What loading a checkpoint anew brought: null scores and a refusal where it failed."""

    checkpoint: str
    golden_score: Points | None = Field(description="Score of the golden picture now, in points.")
    expected_score: Points | None = Field(description="The score that config.json remembers.")
    tolerance: FiniteFloat = Field(description="Largest difference that is accepted, in points.")
    refusal: RefusalResponse | None
    seconds: Seconds
