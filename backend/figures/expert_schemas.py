"""What the API says of experts and clusters; figures are rounded to six decimals."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat

from backend.maps.addresses import MapAddresses
from backend.maps.answers import image_set_response, map_fault_response
from backend.maps.maps import CheckpointMaps
from backend.maps.schemas import MapFaultResponse, ThumbnailsResponse
from models.checkpoints.manifest import Manifest
from models.figures.expert_usage import MIN_VISIBLE_LEVEL, Example, ExpertUsage
from models.figures.measurements import Features, Metrics
from models.figures.records import PARTS, ClusterFigures, Interventions, OverSplits, Parts, Spread
from models.figures.routing_costs import RoutingCosts, routing_costs
from models.figures.verdicts import is_decorative
from models.maps.embedding_map import EmbeddingMap
from models.maps.image_set import ImageSet
from models.taxonomy import UNKNOWN_INDEX

Figure = Annotated[FiniteFloat, AfterValidator(lambda value: round(value, 6))]
Labelling = Literal["group", "type", "content"]
Replacement = Literal["own", "shuffled", "uniform", "wrong", "oracle"]


class _Response(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class InformationResponse(_Response):
    """Mutual information: in nats, and over the mean of both entropies (0 to 1)."""

    nats: Figure
    normalised: Figure


class WeightsResponse(_Response):
    """Mean weights on the pictures of a label, in the order of the names; they add up to one."""

    name: str
    count: int = Field(description="Pictures of this label.")
    mean_weights: list[Figure]


class EntropyResponse(_Response):
    """A histogram of the entropies of all pictures' weights, in nats."""

    edges: list[Figure]
    counts: list[int]
    mean: Figure
    maximum: Figure = Field(description="Entropy of equal weights.")
    saturation: Figure = Field(description="Share of pictures whose largest weight is above 0.99.")


class UseResponse(_Response):
    """How experts (by routing weights) or clusters (by posteriors) are used."""

    names: list[str]
    mean_weights: list[Figure] = Field(description="They add up to one.")
    top_shares: list[Figure] = Field(description="Share of pictures for which each has the largest weight.")
    dead: list[int] = Field(description="Which get less than a tenth of an equal share.")
    effective_number: Figure = Field(description="exp(entropy of the mean weights): 1 to their number.")
    entropy: EntropyResponse
    by_group: list[WeightsResponse]
    by_type: list[WeightsResponse]
    type_information: InformationResponse | None
    group_information: InformationResponse | None


class SkillResponse(_Response):
    """On the rated pictures of a group: how close each expert's own score comes to the labels."""

    group: str
    count: int
    errors: list[Figure] = Field(description="Mean absolute errors in points, by expert.")
    correlations: list[Figure | None] = Field(description="Spearman's rank correlation, by expert.")
    score_error: Figure = Field(description="The same of the checkpoint's score.")
    score_correlation: Figure | None


class NamedErrorResponse(_Response):
    """A distortion type, and a mean absolute error in points."""

    name: str
    error: Figure


class PortraitResponse(_Response):
    """An expert in a few facts."""

    name: str
    called_for: list[str] = Field(description="Groups that give it more weight than any other expert.")
    best_at: list[str] = Field(description="Groups in which no other expert comes closer to the labels.")
    strongest: list[NamedErrorResponse] = Field(description="Types with its smallest errors.")
    weakest: list[NamedErrorResponse] = Field(description="Types with its largest errors.")


class AgreementResponse(_Response):
    """Agreement of the top cluster with a labelling: adjusted and normalised mutual information."""

    ami: Figure
    nmi: Figure


class ExampleResponse(_Response):
    """A picture with a high posterior for a cluster."""

    row: int
    posterior: Figure
    is_top: bool = Field(description="Whether the cluster is the picture's most probable one.")
    reference: str
    type: str | None = Field(description="Null where nobody named the distortion.")
    level: int

    @classmethod
    def of(cls, example: Example, images: ImageSet) -> ExampleResponse:
        """The example with what its picture is."""
        manifest, rows = images.manifest, images.manifest.rows
        code = rows.type[example.row]
        return cls(
            row=example.row,
            posterior=example.posterior,
            is_top=example.is_top,
            reference=manifest.references[rows.reference[example.row]].name,
            type=None if code == UNKNOWN_INDEX else manifest.classes[code],
            level=rows.level[example.row],
        )


class MapChoice(_Response):
    """A map that figures can be asked for."""

    address: str
    name: str = Field(description="Its image set.")
    count: int


class MeasuredMap(_Response):
    """The pictures that figures were measured on."""

    address: str
    image_set: str
    label_kind: Literal["mos", "pseudo_mos"] | None
    label_scale: Literal["nominal", "moments"] | None = Field(
        description="How labels were brought to the scores' scale: as they stand, or to their mean and deviation."
    )
    is_training_data: bool = Field(description="Whether the weights name a training set as this image set is called.")
    num_pictures: int
    num_contents: int
    num_rated: int
    num_visible: int = Field(description="Pictures at `min_visible_level` or above, for agreement and information.")
    min_visible_level: int
    thumbnails: ThumbnailsResponse

    @classmethod
    def of(
        cls, embedding_map: EmbeddingMap, usage: ExpertUsage, checkpoint: Manifest, addresses: MapAddresses
    ) -> MeasuredMap:
        """The map's pictures."""
        manifest, images = embedding_map.manifest, embedding_map.images
        return cls(
            address=embedding_map.folder.name,
            image_set=images.manifest.name,
            label_kind=images.manifest.label_kind,
            label_scale=None if manifest.label_scale is None else manifest.label_scale.kind,
            is_training_data=images.manifest.name in checkpoint.training_data,
            num_pictures=usage.num_pictures,
            num_contents=usage.num_contents,
            num_rated=usage.num_rated,
            num_visible=usage.num_visible,
            min_visible_level=MIN_VISIBLE_LEVEL,
            thumbnails=image_set_response(images, addresses).thumbnails,
        )


class UsageResponse(_Response):
    """Everything measured on a map's pictures; a part that the variant lacks is null."""

    experts: UseResponse | None
    clusters: UseResponse | None
    skill: list[SkillResponse] | None
    portraits: list[PortraitResponse] | None
    experts_by_cluster: list[WeightsResponse] | None = Field(description="Mean routing weights by top cluster.")
    cluster_expert_information: InformationResponse | None
    agreement: dict[Labelling, AgreementResponse] | None


class FoldAgreementResponse(_Response):
    """Agreement over splits."""

    ami: Spread | None
    nmi: Spread | None


class BicResponse(_Response):
    """The Bayesian information criterion of mixtures of so many clusters; lower is better."""

    num_clusters: int
    median: float
    low: float
    high: float


class ShufflingCost(_Response):
    """What another picture's weights cost in SRCC: the median of paired differences over splits."""

    srcc: Figure
    is_decorative: bool = Field(description="Whether that is less than a score that depends on its routing pays.")

    @classmethod
    def of(cls, costs: RoutingCosts) -> ShufflingCost:
        """The cost by the one rule."""
        return cls(srcc=costs.shuffled.median_difference, is_decorative=is_decorative(costs))


class InterventionsResponse(_Response):
    """SRCC when the routing weights, or the posteriors, are replaced."""

    replaced: Literal["routing_weights", "posteriors"]
    photographs: dict[Replacement, Spread]
    synthetic: dict[Replacement, Spread]
    cost: Parts[ShufflingCost] | None = Field(description="What shuffling costs; null where no split has it.")

    @classmethod
    def of(cls, left: Interventions[OverSplits], costs: list[RoutingCosts]) -> InterventionsResponse:
        """What was measured; a replacement that could not be is left out."""
        found = [ShufflingCost.of(cost) for cost in costs if cost.shuffled.num_pairs]
        return cls.model_validate(
            {"replaced": left.replaced, "cost": Parts(*found) if len(found) == len(PARTS) else None}
            | {part: {name: spread for name, spread in vars(left.of(part)).items() if spread} for part in PARTS}
        )


class FoldsResponse(_Response):
    """What the evaluation measured on test folds, over splits, of heads like the one that ships."""

    num_splits: int
    features: Features = Field(description="What the heads stood on, as the weights that ship do.")
    agreement: dict[Labelling, FoldAgreementResponse] | None
    bic: list[BicResponse] | None
    interventions: InterventionsResponse | None

    @classmethod
    def of(cls, metrics: Metrics) -> FoldsResponse:
        """The figures, by number of clusters where there are several."""
        block = metrics.shipped
        clusters, left = block.summary.clusters, block.summary.interventions
        costs = [found for part in PARTS if (found := routing_costs(block.splits, part)) is not None]
        return cls(
            num_splits=block.num_splits,
            features=metrics.shipped_on,
            agreement=None if clusters is None else _agreement(clusters),
            bic=None if clusters is None else _bic(clusters),
            interventions=None if left is None else InterventionsResponse.of(left, costs),
        )


def _agreement(clusters: ClusterFigures[OverSplits]) -> dict[Labelling, FoldAgreementResponse]:
    return {name: FoldAgreementResponse.model_validate(getattr(clusters, name)) for name in get_args(Labelling)}


def _bic(clusters: ClusterFigures[OverSplits]) -> list[BicResponse] | None:
    known = {int(count): spread for count, spread in (clusters.bic or {}).items() if spread is not None}
    return [BicResponse(num_clusters=count, **vars(known[count])) for count in sorted(known)] or None


class ExpertsResponse(_Response):
    """A checkpoint's experts and clusters: who is used, who is good at what, and what they follow."""

    checkpoint: str
    weights_sha256: str
    variant: str
    formulation: str
    num_clusters: int | None
    num_experts: int | None
    maps: list[MapChoice] = Field(description="Every map of the checkpoint.")
    refused: list[MapFaultResponse] = Field(description="Maps that are stale or damaged, and why.")
    map: MeasuredMap | None = Field(description="Null where the checkpoint has no map.")
    usage: UsageResponse | None = Field(description="Measured on the map's pictures; null where there is no map.")
    examples: list[list[ExampleResponse]] | None = Field(description="Pictures of each cluster.")
    folds: FoldsResponse | None = Field(description="From the checkpoint's metrics.json; null where it has none.")
    folds_fault: str | None = Field(description="Why a metrics.json that is there could not be read.")

    @classmethod
    def of(
        cls,
        checkpoint: Manifest,
        known: CheckpointMaps,
        measured: tuple[EmbeddingMap, ExpertUsage] | None,
        metrics: Metrics | None,
        folds_fault: str | None,
    ) -> ExpertsResponse:
        """All of it; `measured` is a map and what was found on it."""
        return cls(
            checkpoint=checkpoint.id,
            weights_sha256=checkpoint.weights_sha256,
            variant=checkpoint.variant,
            formulation=checkpoint.formulation,
            num_clusters=checkpoint.num_clusters,
            num_experts=checkpoint.num_experts,
            maps=[
                MapChoice(
                    address=address,
                    name=known.maps[address].images.manifest.name,
                    count=len(known.maps[address].images),
                )
                for address in sorted(known.maps)
            ],
            refused=[map_fault_response(known.faults[address]) for address in sorted(known.faults)],
            map=None if measured is None else MeasuredMap.of(*measured, checkpoint, known.addresses),
            usage=None if measured is None else UsageResponse.model_validate(measured[1]),
            examples=None if measured is None else _examples(*measured),
            folds=None if metrics is None else FoldsResponse.of(metrics),
            folds_fault=folds_fault,
        )


def _examples(embedding_map: EmbeddingMap, usage: ExpertUsage) -> list[list[ExampleResponse]] | None:
    if usage.examples is None:
        return None
    return [[ExampleResponse.of(example, embedding_map.images) for example in some] for some in usage.examples]
