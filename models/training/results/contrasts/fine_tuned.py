"""Figures on fine-tuned features beside those on frozen ones: the same variant's heads, the same splits.

Legend: S splits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.figures.measurements import SplitFigures
from models.figures.records import PairedComparison, Part, Spread
from models.figures.verdicts import MIN_PAIRS
from models.training.results.evidence.differences import matched_differences, matched_verdicts, paired
from models.training.results.evidence.measured import (
    LIVE,
    PLACES,
    Measured,
    SplitValue,
    median_of,
    on_all_splits,
    splits_text,
    srcc_on,
)
from models.training.results.evidence.readings import content_ami, group_ami, live_srcc, replacements
from models.training.results.evidence.rules import change_sentence, matched_few_sentence
from models.training.results.evidence.tables import (
    RANGE,
    Cell,
    Figure,
    Lines,
    Rows,
    Table,
    Tables,
    bullets,
    files,
    shown,
    signed,
    spread,
    spread_of,
)


def _cost(part: Part) -> SplitValue:
    def cost(split: SplitFigures) -> float | None:
        left = replacements(split, part)
        return None if left is None else left.own - left.shuffled

    return cost


_ROWS: Final[Mapping[str, SplitValue]] = {
    "SRCC photographs": srcc_on("photographs"),
    "PLCC photographs": lambda split: split.photographs.plcc,
    "SRCC synthetic": srcc_on("synthetic"),
    "PLCC synthetic": lambda split: split.synthetic.plcc,
    "SRCC LIVE, unseen contents": live_srcc,
    "group accuracy": lambda split: split.group_accuracy,
    "type accuracy": lambda split: split.type_accuracy,
    "AMI group": group_ami,
    "AMI content": content_ami,
    "level order violated": lambda split: split.order.level_order_violations,
    "cost of shuffled routing, photographs": _cost("photographs"),
    "cost of shuffled routing, synthetic": _cost("synthetic"),
}
_HELD_OUT: Final = "SRCC LIVE, held out whole"


@dataclass(frozen=True)
class BothFeatures:
    """A checkpoint's figures on fine-tuned features, and those on frozen ones of the same splits."""

    frozen: Measured
    tuned: Measured

    @property
    def id(self) -> str:
        """The checkpoint's id."""
        return self.tuned.id

    def change(self, value: SplitValue) -> PairedComparison:
        """Fine-tuned less frozen, split by split."""
        return paired(self.tuned, self.frozen, value)


def both_features(measured: Sequence[Measured]) -> list[BothFeatures]:
    """Every checkpoint that was measured on fine-tuned features as well."""
    tuned = [(entry, entry.fine_tuned) for entry in measured]
    return [BothFeatures(entry.on_first(other.num_splits), other) for entry, other in tuned if other is not None]


def fine_tuned_table(measured: Sequence[Measured]) -> Table:
    """Frozen against fine-tuned, a row per checkpoint and figure."""
    rows: list[tuple[Cell, ...]] = []
    for both in both_features(measured):
        rows += [(f"`{both.id}`", both.tuned.num_splits, *row) for row in _rows(both)]
    return Table(
        "fine_tuned",
        f"{RANGE} Both columns stand on the same splits, the first ones; the change is fine-tuned less frozen, paired, "
        "with its range where there are fewer splits than a test needs. A set that is held out whole has heads of its "
        "own, whose figures are not paired.",
        ("checkpoint", "splits", "figure", "frozen", "fine-tuned", "change"),
        tuple(rows),
    )


def _rows(both: BothFeatures) -> Rows:
    rows: list[tuple[Cell, ...]] = []
    for says, value in _ROWS.items():
        frozen, tuned = (spread_of(entry.per_split(value)) for entry in (both.frozen, both.tuned))
        if tuned.value is not None or frozen.value is not None:
            rows.append((says, frozen, tuned, signed(both.change(value))))
    frozen_srcc, tuned_srcc = (_held_out(entry) for entry in (both.frozen, both.tuned))
    if frozen_srcc is not None or tuned_srcc is not None:
        change = None
        if frozen_srcc is not None and tuned_srcc is not None:
            change = tuned_srcc.median - frozen_srcc.median
        rows.append((_HELD_OUT, spread(frozen_srcc), spread(tuned_srcc), Figure(change, is_signed=True)))
    return tuple(rows)


def fine_tuned_mixture_table(measured: Sequence[Measured]) -> Table:
    """Each mixture against the baseline of its own size, on fine-tuned features."""
    rows: list[tuple[Cell, ...]] = []
    found_both = both_features(measured)
    verdicts = {part: matched_verdicts([both.tuned for both in found_both], part) for part in PLACES}
    for both in found_both:
        cells: list[Cell] = []
        for part in PLACES:
            found = both.tuned.against_matched(part)
            if found is not None:
                cells += [signed(found), verdicts[part][both.id]]
        if cells:
            baseline = both.tuned.block.matched_baseline
            assert baseline is not None
            rows.append((f"`{both.id}`", f"`{baseline.recipe}`", both.tuned.num_splits, *cells))
    return Table(
        "fine_tuned_mixture",
        "SRCC less that of the baseline of the same size, both on the same fine-tuned trunks: median of paired "
        f"differences. With fewer than {MIN_PAIRS} splits the interval is their range, and the verdict is that of the "
        "corrected resampled t-test after Holm's correction over the checkpoints.",
        (
            "checkpoint",
            "baseline",
            "splits",
            *(f"{word} {part}" for part in PLACES for word in ("difference", "verdict")),
        ),
        tuple(rows),
    )


def fine_tuned_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """What fine-tuning the trunk changes, and whether the mixture still adds something there."""
    title = "## 5. Fine-tuned features"
    found = both_features(measured)
    if not found:
        return [title, "No checkpoint was measured on fine-tuned features: every figure on this page is a frozen one."]
    tuned = [both.tuned for both in found]
    return [
        title,
        "The figures of the other sections stand on features of a frozen ImageNet backbone. Here the last stages of "
        "the backbone were fine-tuned, once per split, on that split's training contents only, and the same heads were "
        "trained on top. LIVE and its references were never among these contents, so that LIVE is held out whole from "
        "trunk and head alike. A checkpoint that has these figures ships on a trunk that was fine-tuned on all "
        "references but the calibration tenth; one without them ships on the frozen trunk.",
        "Both sides are compared on the same splits, which are fewer than elsewhere: frozen medians differ here from "
        "those of the leaderboard.",
        bullets(
            [
                *(
                    change_sentence(place, {both.id: both.change(srcc_on(part)) for both in found})
                    for part, place in PLACES.items()
                ),
                *_held_out_sentence(found),
                *(matched_few_sentence(place, matched_differences(tuned, part)) for part, place in PLACES.items()),
            ]
        ),
        *(line for both in found for line in (f"### `{both.id}`", _own_table(both).markdown)),
        f"{tables['fine_tuned'].caption} {files(tables['fine_tuned'])}",
        "### Mixtures and baselines on fine-tuned features",
        *shown(tables["fine_tuned_mixture"]),
    ]


def _own_table(both: BothFeatures) -> Table:
    splits = splits_text(both.tuned.num_splits)
    return Table(both.id, "", (f"figure, {splits}", "frozen", "fine-tuned", "change"), _rows(both))


def _held_out_sentence(found: Sequence[BothFeatures]) -> list[str]:
    """On LIVE held out whole, whose median rose and whose did not; nothing where it was not measured."""
    medians = {both.id: [median_of(_held_out(entry)) for entry in (both.frozen, both.tuned)] for both in found}
    known = {
        name: (frozen, tuned) for name, (frozen, tuned) in medians.items() if frozen is not None and tuned is not None
    }
    if not known:
        return []
    higher = sum(tuned > frozen for frozen, tuned in known.values())
    listed = ", ".join(f"`{name}` {frozen:.3f} to {tuned:.3f}" for name, (frozen, tuned) in known.items())
    return [f"On LIVE held out whole the median SRCC is higher for {higher} of {len(known)}: {listed}."]


def _held_out(entry: Measured) -> Spread | None:
    figures = entry.held_out(LIVE)
    return None if figures is None else figures.agreement.srcc


def _photographs(entry: Measured) -> float | None:
    return median_of(entry.summary.photographs.srcc)


def fine_tuned_in_short(measured: Sequence[Measured]) -> str:
    """The best on fine-tuned features, and what the same has on the same splits on frozen ones."""
    found = [both for both in both_features(measured) if _photographs(both.tuned) is not None]
    if not found:
        return "Fine-tuned features: not measured."
    longest = {entry.id for entry in on_all_splits([both.tuned for both in found])}
    best = max((both for both in found if both.id in longest), key=lambda both: _photographs(both.tuned) or 0.0)
    tuned, frozen = (Figure(_photographs(entry)).text for entry in (best.tuned, best.frozen))
    return (
        f"Fine-tuned features, measured for {len(found)} of {len(measured)} checkpoints: the highest median SRCC on "
        f"photographs is that of `{best.id}`, {tuned} over {splits_text(best.tuned.num_splits)}; with frozen features "
        f"it is {frozen} on the same splits."
    )
