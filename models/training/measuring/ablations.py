"""One component taken away, or one size changed, at a time: what each is worth on the same few splits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from models.checkpoints.model_record import ModelRecord
from models.figures.ablations import (
    AblationReport,
    AblationSide,
    MeasuredAblation,
    read_ablations,
    write_ablations,
)
from models.figures.files import ABLATIONS_FILE
from models.figures.measurements import SplitFigures
from models.figures.records import PARTS, PairedComparison, Parts
from models.figures.routing_costs import routing_costs
from models.figures.summaries import summarise
from models.files import write_atomically
from models.training.data.corpus import Corpus
from models.training.data.splits import splits_sha256
from models.training.fitting.recipes import BASELINE, Recipe, find_recipe
from models.training.measuring.comparison import against_baseline
from models.training.measuring.runs import Protocol, frozen_splits, measure, run_key, splits_of


@dataclass(frozen=True)
class Ablation:
    """A recipe changed in one place: what is said of it, and the fields of model, losses and alignment that differ."""

    recipe: str
    says: str
    model: dict[str, Any] | None = None
    losses: dict[str, float] | None = None
    alignment: dict[str, Any] | None = None

    def changed(self) -> Recipe:
        """The recipe as the ablation has it."""
        whole = find_recipe(self.recipe)
        return replace(
            whole,
            model=replace(ModelRecord.of(whole.model), **self.model or {}).config(),
            losses=replace(whole.losses, **self.losses or {}),
            alignment=replace(whole.alignment, **self.alignment or {}),
        )


def _experts(count: int) -> Ablation:
    return Ablation("moe", f"{count} clusters and experts", model={"num_clusters": count, "num_experts": count})


ABLATIONS: Final[dict[str, Ablation]] = {
    "no_gmm-squared_error_alone": Ablation(
        BASELINE, "squared error alone", losses={"correlation": 0.0, "rank": 0.0, "order_pairs": 0.0}
    ),
    "no_gmm-no_order_pairs": Ablation(BASELINE, "no pairs with only an order", losses={"order_pairs": 0.0}),
    "moe-no_gate": Ablation("moe", "posteriors alone route", model={"has_gate": False}, losses={"gate_z": 0.0}),
    "moe-no_alignment": Ablation(
        "moe", "encoder not taught distortions: the mixture sees a random projection", alignment={"steps": 0}
    ),
    "moe-types_without_mixture": Ablation(
        "moe",
        "no mixture, gate or experts: one regressor reads features and the embedding that was taught distortions",
        model={"variant": BASELINE, "has_type_encoder": True},
        losses={"likelihood": 0.0, "balance": 0.0, "gate_z": 0.0},
    ),
    "moe-no_likelihood": Ablation("moe", "no mixture likelihood", losses={"likelihood": 0.0}),
    "moe-no_balance": Ablation("moe", "no balance, no z-loss", losses={"balance": 0.0, "gate_z": 0.0}),
    "moe-2_experts": _experts(2),
    "moe-4_experts": _experts(4),
    "moe-16_experts": _experts(16),
    "attention_gated-no_bias": Ablation(
        "attention_gated", "posteriors do not bias the attention", model={"has_attention_bias": False}
    ),
    "learnable_gmm-no_contrast": Ablation(
        "learnable_gmm", "no contrast while the head is trained", losses={"contrast": 0.0}
    ),
    "self_supervised-no_contrast": Ablation(
        "self_supervised", "no contrast at all", losses={"contrast": 0.0}, alignment={"contrast": 0.0}
    ),
    "self_supervised-no_alignment": Ablation("self_supervised", "no alignment loss", losses={"alignment": 0.0}),
    "self_supervised-no_consistency": Ablation("self_supervised", "no consistency", losses={"consistency": 0.0}),
    "self_supervised-no_monotonicity": Ablation(
        "self_supervised", "severities are not taught to grow", losses={"monotonicity": 0.0}
    ),
    "self_supervised-frozen": Ablation(
        "self_supervised",
        "encoder and mixture frozen after pretraining, which leaves nothing to be consistent",
        alignment={"is_frozen": True},
    ),
}

NUM_SPLITS: Final = 3


def measure_ablations(
    names: Sequence[str], corpus: Corpus, *, num_splits: int, root: Path, runs: Path, jobs: int
) -> Path:
    """Measure ablations beside the whole recipes on the same splits; writes `ablations.json` under `root`.

    Figures of ablations that are not named, on as many splits as they were measured on, are kept where contents are
    cut in the same way and recipes, trainer, data and features are the same, and dropped otherwise.
    """
    splits = frozen_splits(corpus, Protocol(num_splits))
    path = root / ABLATIONS_FILE
    identity = splits_sha256(splits_of(corpus, Protocol()))
    found: dict[str, MeasuredAblation] = {}
    if path.is_file():
        before = read_ablations(path.read_bytes())
        kept = before.ablations if before.split_sha256 == identity else {}
        found = {name: entry for name, entry in kept.items() if _is_current(name, entry, corpus)}
    for name in names:
        ablation = ABLATIONS[name]
        whole = measure(find_recipe(ablation.recipe), splits, runs=runs, jobs=jobs).splits
        changed = measure(ablation.changed(), splits, runs=runs, jobs=jobs).splits
        found[name] = MeasuredAblation(
            recipe=ablation.recipe,
            says=ablation.says,
            num_splits=num_splits,
            runs=_run_keys(ablation, corpus),
            whole=ablation_side(whole),
            ablated=ablation_side(changed),
            difference=against_baseline(changed, whole),
        )
        write_atomically(path, write_ablations(AblationReport(identity, dict(sorted(found.items())))))
    return path


def _run_keys(ablation: Ablation, corpus: Corpus) -> list[str]:
    """What the runs of the whole and of the ablated recipe are called: other figures have other names."""
    return [run_key(recipe, corpus) for recipe in (find_recipe(ablation.recipe), ablation.changed())]


def _is_current(name: str, entry: MeasuredAblation, corpus: Corpus) -> bool:
    return name in ABLATIONS and entry.runs == _run_keys(ABLATIONS[name], corpus)


def ablation_side(splits: Sequence[SplitFigures]) -> AblationSide:
    """Summaries over splits, each split's SRCC, and what shuffled routing (or posteriors) costs, paired over splits."""
    summary = summarise(splits)
    return AblationSide(
        photographs=summary.photographs,
        synthetic=summary.synthetic,
        order=summary.order,
        group_accuracy=summary.group_accuracy,
        clusters=summary.clusters,
        interventions=summary.interventions,
        srcc_by_split=Parts(*([split.agreement(part).srcc for split in splits] for part in PARTS)),
        shuffling_cost=_shuffling_cost(splits),
    )


def _shuffling_cost(splits: Sequence[SplitFigures]) -> Parts[PairedComparison] | None:
    costs = [found.shuffled for part in PARTS if (found := routing_costs(splits, part)) is not None]
    return Parts(*costs) if costs else None
