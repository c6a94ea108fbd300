"""What is measured of a model, as records: on one split, and the same over splits.

A record is generic over its numbers: on a split each is a float, NaN where it could not be measured; over splits it is
a `Spread`, `None` where no split has it. Lists (one number per expert or fifth of the scale) are lists on a split and
`Medians` over splits. Fields stand in the order of the files. Imports no torch and nothing that computes.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from pydantic import AliasChoices, Field, PlainSerializer, PlainValidator

Part = Literal["photographs", "synthetic"]
PARTS: Final[tuple[Part, ...]] = ("photographs", "synthetic")
Replaced = Literal["routing_weights", "posteriors"]
"""What an intervention replaces: routing weights, or posteriors where there are no experts."""
DIGITS: Final = 6

N = TypeVar("N")
L = TypeVar("L")
V = TypeVar("V")


def _finite(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not -sys.float_info.max <= value <= sys.float_info.max:
        raise ValueError("expected a finite number")
    number: float = value
    return number


def _or_nan(value: Any) -> float:
    return math.nan if value is None else _finite(value)


def stored(value: float) -> float | None:
    """A number as files and answers have it: six decimals, whole numbers as they are, `None` for NaN."""
    if isinstance(value, int):
        return value
    return round(float(value), DIGITS) if math.isfinite(value) else None


Finite = Annotated[float, PlainValidator(_finite)]
Number = Annotated[float, PlainValidator(_or_nan), PlainSerializer(stored, return_type=int | float | None)]
"""On one split: NaN in memory and null in a file where it could not be measured."""
Row = list[Number]


@dataclass(frozen=True)
class Spread:
    """A figure over splits: median, smallest and largest value."""

    median: Finite
    low: Annotated[Finite, Field(validation_alias=AliasChoices("min", "low"))]
    high: Annotated[Finite, Field(validation_alias=AliasChoices("max", "high"))]


def _plain_spread(spread: Spread | None) -> dict[str, int | float | None] | None:
    if spread is None:
        return None
    return {"median": stored(spread.median), "min": stored(spread.low), "max": stored(spread.high)}


OverSplits = Annotated[Spread | None, PlainSerializer(_plain_spread)]
"""Over splits; files call the ends `min` and `max`."""


@dataclass(frozen=True)
class Medians:
    """Medians over splits, element by element."""

    median: list[Number] | None


@dataclass(frozen=True)
class Parts(Generic[V]):
    """The same on photographs with human scores and on synthetic pictures."""

    photographs: V
    synthetic: V

    def of(self, part: Part) -> V:
        """What there is of one part."""
        return self.photographs if part == "photographs" else self.synthetic


@dataclass(frozen=True)
class Interval(Generic[N]):
    """A 95 % interval."""

    low: N
    high: N


@dataclass(frozen=True)
class Agreement(Generic[N]):
    """How well predictions follow labels; `plcc_fitted` and `rmse` are taken after the 4-parameter logistic."""

    srcc: N
    krcc: N
    plcc: N
    plcc_fitted: N
    rmse: N


@dataclass(frozen=True)
class PairedComparison:
    """Median of paired differences, its bootstrap interval, and the two-sided p of Wilcoxon's signed-rank test.

    Mean and standard deviation are those of the differences; one pair has no deviation (NaN).
    """

    median_difference: Number
    interval: Interval[Number]
    p_value: Number
    num_pairs: Annotated[int, Field(ge=0)]
    mean_difference: Number
    deviation: Number


@dataclass(frozen=True)
class Conformal(Generic[N]):
    """Measured coverage and mean width (points) of the 90 % intervals, and the quantile that scales them."""

    coverage: N
    mean_width: N
    quantile: N


@dataclass(frozen=True)
class QualityBinErrors(Generic[L]):
    """Per quintile of the human score, worst first: its upper edge, mean absolute error and mean signed error, points.

    `bias` is predicted minus human: positive where pictures are praised too much.
    """

    upper_edges: L
    mean_absolute_error: L
    bias: L


@dataclass(frozen=True)
class OrderTests(Generic[N]):
    """D, L and P test (1 is right; guessing gives a little above .5, 0 and .5); share of violated pairs of levels."""

    d_test: N
    l_test: N
    p_test: N
    level_order_violations: N


@dataclass(frozen=True)
class Calibration(Generic[N]):
    """Honesty of probabilities: of the classes, and of `score_std` on photographs.

    `class_error` is the expected calibration error of the most probable class on synthetic pictures, all levels;
    `std_coverage` maps the promised share of pictures (50, 80, 90, 95 %) to the measured one; `z_rms` is the root mean
    square of error over deviation: 1 where deviations are right, above 1 where they are too small.
    """

    class_error: N
    std_coverage: Mapping[str, N]
    z_rms: N


@dataclass(frozen=True)
class ClusterAgreement(Generic[N]):
    """Agreement of clusters with a labelling: mutual information adjusted for chance and normalised, Rand, purity."""

    ami: N
    nmi: N
    ari: N
    purity: N


@dataclass(frozen=True)
class ClusterFigures(Generic[N]):
    """Agreement of the most probable cluster with group, type and content, and the health of the posteriors.

    Measured at levels 2 to 5, except for `dead_clusters` (mean posterior below a tenth of an equal share) and `bic`,
    which see all pictures. `bic` maps numbers of clusters to the criterion of a mixture of the head's covariance type,
    fitted on the head's embedding of the fold; lower is better.
    """

    group: ClusterAgreement[N]
    type: ClusterAgreement[N]
    content: ClusterAgreement[N]
    posterior_entropy: N
    posterior_saturation: N
    effective_clusters: N
    dead_clusters: N
    bic: Mapping[str, N] | None = None


@dataclass(frozen=True)
class Replacements(Generic[N]):
    """SRCC with a head's own weights, and with rows shuffled, uniform, moved to the neighbour, and best in hindsight.

    `wrong` moves every weight to the next expert (or cluster). `oracle` gives each picture the one expert (or cluster)
    whose score is closest to the label: it reads the label, is no router, and bounds what any choice could reach.
    `mean` gives every picture the mean weights of the training photographs: what the router says of no picture.
    """

    own: N
    shuffled: N
    uniform: N
    wrong: N
    oracle: N
    mean: Annotated[N | None, Field(exclude_if=lambda value: value is None)] = None


@dataclass(frozen=True)
class Interventions(Generic[N]):
    """What was replaced, and the SRCC that is left on photographs and on synthetic pictures."""

    replaced: Replaced
    photographs: Replacements[N]
    synthetic: Replacements[N]

    def of(self, part: Part) -> Replacements[N]:
        """What is left on one part."""
        return self.photographs if part == "photographs" else self.synthetic


@dataclass(frozen=True)
class MutualInformation(Generic[N]):
    """In nats, and over the mean of both entropies: 0 for independent sides, 1 where each tells the other."""

    nats: N
    normalised: N


@dataclass(frozen=True, kw_only=True)
class ExpertTable(Generic[L]):
    """One list entry per expert, in an order that means the same in every split.

    Experts that the architecture does not name are matched one to one with the groups that they are used for, and
    stand in the groups' order; `number` is their position in the head (on a split alone), `group` the match (`None`:
    groups ran out, or splits differ). `utilisation` is the mean routing weight by group, `skill` the SRCC of the
    expert's own score within the group.
    """

    number: Annotated[list[int] | None, Field(exclude_if=lambda value: value is None)] = None
    group: list[str | None] | None
    utilisation: Mapping[str, L]
    utilisation_photographs: L
    skill: Mapping[str, L]
    skill_photographs: L


@dataclass(frozen=True)
class RoutingFigures(Generic[N, L]):
    """How many experts are in use, what they tell about types, and who is good at what.

    `dead_experts` get less than a tenth of an equal share on synthetic pictures; `expert_type_information` is the
    mutual information of expert and distortion type at levels 2 to 5.
    """

    effective_experts: Parts[N]
    routing_entropy: Parts[N]
    dead_experts: N
    expert_type_information: MutualInformation[N]
    experts: ExpertTable[L]


@dataclass(frozen=True)
class SetFigures(Generic[N]):
    """Agreement with people on one rated data set, and within its distortion types where they are known."""

    agreement: Agreement[N]
    srcc_interval: Interval[N]
    srcc_by_type: Mapping[str, N]


@dataclass(frozen=True)
class Plain(Generic[N]):
    """What two predictors without a network reach on the same pictures.

    `ridge` reads the same features. `table` predicts the mean label of a picture's type and level over the other
    references of its set; `None` where types and levels are unknown.
    """

    ridge: Agreement[N]
    table: Agreement[N] | None = None


@dataclass(frozen=True)
class PlainAtHome(Generic[N]):
    """The same on the test folds of a split: photographs, synthetic pictures, and further rated sets by name."""

    photographs: Plain[N]
    synthetic: Plain[N]
    further_rated: Mapping[str, Plain[N]]

    def of(self, part: Part) -> Plain[N]:
        """What was reached on one part."""
        return self.photographs if part == "photographs" else self.synthetic


@dataclass(frozen=True)
class SourceFigures(Generic[N]):
    """What a head is worth on the test photographs of one source of the set, whose others it was trained on."""

    agreement: Agreement[N]
    conformal: Conformal[N]


@dataclass(frozen=True)
class AwayRouting(Generic[N]):
    """What is left away from home when the routing weights, or the posteriors, are replaced."""

    replaced: Replaced
    srcc: Replacements[N]
    plcc: Replacements[N]


AwayKind = Literal["source", "set", "synthetic"]
"""What a head has not been trained on: one source of the photographs, a rated set, or scores of distorted pictures."""


@dataclass(frozen=True, kw_only=True)
class AwayFigures(Generic[N]):
    """What a head is worth on pictures of a kind that it was not trained on.

    `conformal` are the intervals that were calibrated at home; `None` where no photograph was there to calibrate them.
    """

    figures: SetFigures[N]
    routing: AwayRouting[N] | None
    conformal: Conformal[N] | None
    plain: Plain[N]
