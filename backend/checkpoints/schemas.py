"""What the API says of checkpoints; the Python client reads it with these models, so nothing here loads the service."""

from __future__ import annotations

from pydantic import Field

from backend.schemas import Frozen


class CheckpointResponse(Frozen):
    """A checkpoint that is served."""

    id: str
    variant: str
    formulation: str
    title: str
    description: str = Field(
        default="", description="What the model is, in a sentence; empty where its folder does not say."
    )
    weights_sha256: str
    parameter_count: int
    num_clusters: int | None = Field(description="Null where the variant has no mixture.")
    num_experts: int | None = Field(description="Null where the variant has no experts.")
    training_data: list[str]


class RefusalResponse(Frozen):
    """A checkpoint folder that failed its checks, and why."""

    id: str
    file: str = Field(description="File at fault, relative to the folder.")
    field: str = Field(description="Field at fault within that file.")
    reason: str = Field(description="What was got and what was expected.")


class CheckpointList(Frozen):
    """Every checkpoint folder: those that serve and those that were refused."""

    default: str | None = Field(description="Used where a request names none; null where nothing is served.")
    checkpoints: list[CheckpointResponse]
    refused: list[RefusalResponse]
