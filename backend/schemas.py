"""What answers of several capabilities have in common: their base, numbers that round themselves, and a prediction.

Points (0-100) are rounded to four decimals and shares (0-1) to six, so contributions still add up to the score
within .001 and rows to one within .0001. The Python client reads answers with these models, and loads neither torch
nor a database: what turns our objects into answers lies beside each capability.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat


class Frozen(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(frozen=True)


Points = Annotated[FiniteFloat, AfterValidator(lambda value: round(value, 4))]
"""On the scale of scores."""
Correlation = Annotated[FiniteFloat, AfterValidator(lambda value: round(value, 4))]
Hundredths = Annotated[FiniteFloat, AfterValidator(lambda value: round(value, 2))]
"""Of points, pixels or milliseconds."""
Share = Annotated[FiniteFloat, AfterValidator(lambda value: round(value, 6))]
"""From 0 to 1."""
MapUnits = Annotated[FiniteFloat, AfterValidator(lambda value: round(value, 6))]
"""A coordinate on a map, or a distance."""
Tenths = Annotated[FiniteFloat, AfterValidator(lambda value: round(value, 1))]
"""Of seconds, where they are an estimate."""
Percent = Annotated[FiniteFloat, AfterValidator(lambda value: round(value, 1))]
"""From 0 to 100."""
Seconds = Annotated[FiniteFloat, AfterValidator(lambda value: round(value, 3))]


class ScoreResponse(Frozen):
    """Predicted quality with its uncertainty, and how to read it."""

    value: Points = Field(description="Predicted mean opinion score.", examples=[61.2])
    std: Points = Field(ge=0, description="Predictive standard deviation, in points.")
    low: Points = Field(description="Lower end of the 90 % split-conformal interval.")
    high: Points = Field(description="Upper end of the 90 % split-conformal interval.")
    range: tuple[FiniteFloat, FiniteFloat] = Field(description="Lowest and highest score there can be.")
    higher_is_better: bool
    word: str = Field(description="ITU-R BT.500's word: bad, poor, fair, good or excellent.")


class ExpertResponse(Frozen):
    """One expert's own prediction and its part in the score."""

    name: str
    kind: Literal["expert", "fusion"]
    score: Points = Field(description="The expert's own prediction, 0-100.")
    weight: Share = Field(description="What weighs it, 0-1; the weights add up to one.")
    contribution: Points = Field(description="Points it adds to the score; they add up to score.value.")


class DistortionResponse(Frozen):
    """Probabilities of what was done to the picture; each map adds up to one."""

    groups: dict[str, Share] = Field(description="By group, 8 with clean.")
    types: dict[str, Share] = Field(description="By type, 26 with clean.")


class ImageResponse(Frozen):
    """The picture as it was scored."""

    width: int = Field(gt=0, description="Pixels, after orientation.")
    height: int = Field(gt=0, description="Pixels, after orientation.")
    format: str = Field(description="Encoded format of the upload.", examples=["JPEG"])
    notes: list[str] = Field(description="What was done to it before scoring, if anything.")


class PredictionResponse(Frozen):
    """One picture under one checkpoint. K clusters, E experts, S severities; null where a variant has no such part."""

    checkpoint: str
    score: ScoreResponse
    variant: str
    formulation: str
    weights_sha256: str = Field(description="SHA-256 of the weights that gave this score.")
    posteriors: list[Share] | None = Field(description="p(cluster given picture), K; adds up to one.")
    cluster_names: list[str] | None = Field(description="Names of the K clusters.")
    log_likelihood: Points | None = Field(description="log p(embedding): low is unlike the training photographs.")
    familiarity: Percent | None = Field(
        description="Percentile of `log_likelihood` among the training photographs: near 0 is unlike all of them.",
    )
    gating_weights: list[Share] | None = Field(description="The gate's own output, E; adds up to one.")
    routing_weights: list[Share] | None = Field(description="What weighs the experts, E; adds up to one.")
    attention_weights: list[Share] | None = Field(description="Attention on the clusters, K, mean over heads.")
    severities: list[Share] | None = Field(description="Predicted severities, S, each at least 0.")
    severity_names: list[str] | None = Field(description="The S distortion groups that the severities are of.")
    experts: list[ExpertResponse] = Field(description="Empty where the variant has no experts.")
    distortion: DistortionResponse | None
    image: ImageResponse
    timing_ms: dict[str, Hundredths] = Field(description="Wall time of each stage and in total, in milliseconds.")
