"""What the API says of measured figures: the files' content, and what it allows to be said.

Legend: C checkpoints, N pictures.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, ConfigDict, Field, FiniteFloat

from backend.schemas import Frozen
from models.figures.leaderboard import Matrix
from models.figures.records import AwayKind, Part, Parts, Replaced, Spread, stored
from models.figures.verdicts import LEVEL, MIN_CONCLUDING, MIN_PAIRS, MIN_ROUTING_COST, Test, Verdict

_TEST: Final = (
    "signed_rank: Wilcoxon's after Holm's correction, and the corrected resampled t-test. corrected_t: that one alone, "
    "after the correction, where no p of Wilcoxon's could be small enough. null: too few splits."
)

Nullable = Annotated[FiniteFloat | None, BeforeValidator(lambda value: None if value is None else stored(value))]
"""A number with six decimals; null where it could not be measured."""


class FromRecord(Frozen):
    """A part of an answer, made from a record with the same fields and never changed; null stands for NaN."""

    model_config = ConfigDict(from_attributes=True)


class AgreementFigures(FromRecord):
    """How scores agree with labels, over splits; null where no split has it."""

    srcc: Spread | None
    plcc: Spread | None
    plcc_fitted: Spread | None
    krcc: Spread | None
    rmse: Spread | None


class Bounds(FromRecord):
    """The ends of an interval."""

    low: Nullable
    high: Nullable


class BoardFigures(AgreementFigures):
    """The same with the 95 % bootstrap interval of SRCC inside a split: medians of its ends over splits."""

    srcc_interval: Bounds


class Comparison(FromRecord):
    """Paired differences over splits: median, 95 % interval of the median, Wilcoxon's p, mean and deviation."""

    median_difference: Nullable
    interval: Bounds
    p_value: Nullable
    num_pairs: int
    mean_difference: Nullable
    deviation: Nullable


class AgainstBaseline(FromRecord):
    """A paired difference in SRCC to the baseline of the same size, and what it allows to be said."""

    comparison: Comparison
    test: Test | None = Field(description=_TEST)
    num_comparisons: int = Field(description="Checkpoints with such a baseline, whom Holm's correction is over.")
    p_holm: FiniteFloat | None = Field(description="P of the splits' test after Holm's correction.")
    p_corrected: FiniteFloat | None = Field(description="P of the corrected resampled t-test.")
    verdict: Verdict


class MatchedResponse(FromRecord):
    """The baseline of the same size."""

    recipe: str
    parameter_count: int
    photographs: AgainstBaseline
    synthetic: AgainstBaseline


class PlainResponse(FromRecord):
    """SRCC of predictors without a network on the same pictures."""

    ridge: Spread | None = Field(description="Ridge regression on the same features of the same training pictures.")
    table: Spread | None = Field(
        description="Mean label of type and level over the other references of the set, whose labels it has seen; "
        "null where types and levels are unknown."
    )


class AwayRoutingResponse(FromRecord):
    """SRCC away from home under other routing weights (or posteriors), and what is lost without the own ones."""

    own: Spread | None
    uniform: Spread | None
    shuffled: Spread | None
    mean: Spread | None = Field(description="Every picture has the mean weights of the training photographs.")
    uniform_cost: Comparison | None = Field(description="Own less uniform, paired over heads.")
    shuffled_cost: Comparison | None = Field(description="Own less shuffled, paired over heads.")
    mean_cost: Comparison | None = Field(description="Own less mean, paired over heads.")


class AwayResponse(FromRecord):
    """Figures on pictures of a kind that heads were not trained on."""

    name: str = Field(description="The source or rated set that was left out, or `synthetic`.")
    kind: AwayKind
    num_heads: int
    srcc: Spread | None
    plcc: Spread | None
    routing: AwayRoutingResponse | None = Field(description="null where there is nothing to replace.")
    coverage: Spread | None = Field(description="Of the 90 % intervals, which were calibrated at home.")
    mean_width: Spread | None = Field(description="Of these intervals, points.")
    plain: PlainResponse
    against_ridge: Comparison = Field(description="SRCC less that of the ridge, paired over heads.")


class MeasuredResponse(FromRecord):
    """Figures over splits on one kind of features."""

    num_splits: int
    figures: Parts[BoardFigures]
    matched_baseline: MatchedResponse | None
    plain: Parts[PlainResponse] | None = Field(
        description="Predictors without a network at home; null where that was not measured."
    )
    away: list[AwayResponse] = Field(description="Away from home; empty where that was not measured.")


class RowResponse(FromRecord):
    """A checkpoint on the leaderboard."""

    id: str
    variant: str
    formulation: str
    title: str
    parameter_count: int
    ranks: Parts[int] = Field(description="Place by median SRCC on frozen features, 1 is best.")
    frozen: MeasuredResponse
    fine_tuned: MeasuredResponse | None = Field(description="On fine-tuned features, where that was measured.")
    srcc_by_type: dict[str, Spread | None] | None = Field(description="On synthetic pictures, frozen features.")


class PairwiseResponse(FromRecord):
    """Every checkpoint (row) less every other one (column), C x C in the order of `ids`; null on the diagonal."""

    part: Part
    figure: Literal["srcc"]
    ids: list[str]
    median_difference: Matrix[Nullable]
    low: Matrix[Nullable]
    high: Matrix[Nullable]
    p_value: Matrix[Nullable]
    p_holm: Matrix[Nullable]
    num_pairs: Matrix[int | None]
    p_corrected: Matrix[Nullable] = Field(description="P of the corrected resampled t-test.")
    test: Matrix[Test | None] = Field(description=_TEST)
    verdict: Matrix[Verdict | None]
    num_comparisons: int = Field(description="Pairs that Holm's correction is over.")
    smallest_p_holm: FiniteFloat = Field(description="The smallest p_holm of the most splits and so many pairs.")


class Rule(FromRecord):
    """When a difference counts as shown."""

    level: float = Field(default=LEVEL, description="Both p have to be below it.")
    min_splits: int = Field(default=MIN_PAIRS, description="Fewest splits for Wilcoxon's signed-rank test.")
    min_splits_corrected: int = Field(
        default=MIN_CONCLUDING, description="Fewest for the corrected resampled t-test after Holm, in its place."
    )


class LeaderboardResponse(FromRecord):
    """Every checkpoint, best median SRCC on photographs first."""

    split_sha256: str
    seeds: list[int]
    rule: Rule
    checkpoints: list[RowResponse]
    pairwise: PairwiseResponse = Field(description="On frozen features.")
    pairwise_fine_tuned: PairwiseResponse | None = Field(
        description="On fine-tuned features; null where fewer than two checkpoints were measured there."
    )


class RouterCost(FromRecord):
    """What replacing the routing (or the posteriors) costs on one part, in SRCC."""

    srcc: dict[str, Spread] = Field(description="own, shuffled, uniform, wrong and oracle, over splits.")
    shuffled_cost: Comparison = Field(description="Own less shuffled, paired over splits.")
    uniform_cost: Comparison = Field(description="Own less uniform, paired over splits.")
    is_decorative: bool = Field(description="Whether shuffling costs less than `min_cost`.")
    min_cost: float = MIN_ROUTING_COST


class RouterResponse(FromRecord):
    """Interventions on the routing weights, or on the posteriors where there are no experts."""

    replaced: Replaced
    photographs: RouterCost
    synthetic: RouterCost


class Medians(FromRecord):
    """Medians over splits, one per bin."""

    median: list[Nullable]


class QualityErrors(FromRecord):
    """Errors per fifth of the human score, worst first: upper edge, mean absolute and mean signed error, points."""

    upper_edges: Medians
    mean_absolute_error: Medians
    bias: Medians


class FeatureFigures(FromRecord):
    """A checkpoint's figures on one kind of features."""

    num_splits: int
    photographs: AgreementFigures
    synthetic: AgreementFigures
    quality_errors: QualityErrors | None = Field(description="On photographs, medians over splits, points.")
    router: RouterResponse | None


class MetricsResponse(FromRecord):
    """One checkpoint's figures."""

    checkpoint: str
    recipe: str
    split_sha256: str = Field(description="Names the splits; predictions of equal splits are of the same pictures.")
    frozen: FeatureFigures
    fine_tuned: FeatureFigures | None = Field(description="On fine-tuned features, where that was measured.")


class CurveResponse(FromRecord):
    """Loss terms of the training run of the head that ships, at some of its steps."""

    checkpoint: str
    steps: list[FiniteFloat]
    terms: dict[str, list[FiniteFloat]] = Field(description="Each as long as `steps`; weighted, no unit.")


class PredictionsResponse(FromRecord):
    """Scores of the test photographs of the first split (N each), by the head that was trained on that split."""

    checkpoint: str
    split_sha256: str | None = Field(
        description="As the metrics have it: pictures are compared with those of equal splits alone. "
        "Null without readable metrics."
    )
    ids: list[str]
    references: list[str]
    classes: list[str]
    levels: list[int]
    labels: list[float] = Field(description="Human scores, points.")
    scores: list[float] = Field(description="Predicted, points.")
    score_stds: list[float] = Field(description="Predictive standard deviations, points.")
    top_clusters: list[int | None] = Field(description="Position from 0; null where the variant has no clusters.")
    top_experts: list[int | None] = Field(description="Position from 0; null where the variant has no experts.")
