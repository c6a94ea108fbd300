"""`leaderboard.json`: what the Compare page reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from models.training.measuring.comparison import COMPARED_FIGURES, COMPARED_PARTS
from models.training.measuring.evaluation import to_plain
from models.training.results.evidence.differences import Pairwise, holm_of, matched_differences, pairwise, ranks
from models.training.results.evidence.measured import Measured, on_all_splits

LEADERBOARD_FILE: Final = "leaderboard.json"

_FIGURES: Final = ("srcc", "plcc", "plcc_fitted", "krcc", "rmse")


def leaderboard_text(measured: Sequence[Measured]) -> str:
    """`leaderboard.json`."""
    return json.dumps(leaderboard(measured), indent=1, ensure_ascii=False) + "\n"


def leaderboard(measured: Sequence[Measured]) -> dict[str, Any]:
    """A row per checkpoint, all pairs, and the hashes of what was read, ready for JSON.

    `seeds` are those of the checkpoints with the most splits; a row with fewer has the first of them.
    """
    places = {part: ranks(measured, part) for part in COMPARED_PARTS}
    corrected = {part: holm_of(matched_differences(measured, part)) for part in COMPARED_PARTS}
    rows = [_row(entry, places, corrected) for entry in measured]
    board = {
        "format": 1,
        "split_sha256": measured[0].metrics["split_sha256"],
        "seeds": list(on_all_splits(measured)[0].seeds),
        "inputs": {entry.id: dict(entry.inputs) for entry in sorted(measured, key=lambda entry: entry.id)},
        "checkpoints": rows,
        "pairwise": {"part": "photographs", "figure": "srcc", **_matrices(pairwise(measured, "photographs"))},
    }
    plain: dict[str, Any] = to_plain(board)
    return plain


def _row(
    entry: Measured, places: Mapping[str, Mapping[str, int]], corrected: Mapping[str, Mapping[str, float]]
) -> dict[str, Any]:
    manifest = entry.manifest
    baseline = _matched(entry)
    if baseline is not None:
        baseline["srcc_p_holm"] = {part: corrected[part].get(entry.id) for part in COMPARED_PARTS}
    return {
        "id": manifest.id,
        "variant": manifest.variant,
        "formulation": manifest.formulation,
        "title": manifest.title,
        "parameter_count": manifest.parameter_count,
        "trunk_sha256": manifest.trunk.sha256,
        "ranks": {part: places[part][entry.id] for part in COMPARED_PARTS},
        **_measured(entry),
        "srcc_by_group": entry.figure("synthetic_srcc_by_group"),
        "srcc_by_type": entry.figure("synthetic_srcc_by_type"),
        "order": entry.figure("order"),
        "conformal": entry.figure("photographs_conformal"),
        "matched_baseline": baseline,
        "fine_tuned": _fine_tuned(entry),
    }


def _fine_tuned(entry: Measured) -> dict[str, Any] | None:
    """The figures on fine-tuned features; their few splits are not tested, so that nothing is corrected."""
    tuned = entry.fine_tuned
    if tuned is None:
        return None
    return {**_measured(tuned), "order": tuned.figure("order"), "matched_baseline": _matched(tuned)}


def _measured(entry: Measured) -> dict[str, Any]:
    """What a checkpoint has on frozen and on fine-tuned features alike."""
    return {
        "num_splits": entry.num_splits,
        "figures": {
            part: {
                **{name: entry.figure(part, name) for name in _FIGURES},
                "srcc_interval": {end: entry.median(f"{part}_srcc_interval", end) for end in ("low", "high")},
            }
            for part in COMPARED_PARTS
        },
        "splits": {
            part: {name: entry.per_split(part, name).tolist() for name in COMPARED_FIGURES} for part in COMPARED_PARTS
        },
        "group_accuracy": entry.figure("group_accuracy"),
        "type_accuracy": entry.figure("type_accuracy"),
        "clusters": entry.figure("clusters"),
        "interventions": entry.figure("interventions"),
        "further_rated": _sets(entry.figure("further_rated")),
        "held_out_sets": _sets(entry.metrics.get("held_out_sets")),
    }


def _sets(found: Mapping[str, Any] | None) -> dict[str, Any]:
    """Agreement on each rated set and its interval, without the types."""
    kept = ("agreement", "srcc_interval")
    return {name: {key: figures[key] for key in kept} for name, figures in (found or {}).items() if figures}


def _matched(entry: Measured) -> dict[str, Any] | None:
    baseline = entry.metrics["matched_baseline"]
    return None if baseline is None else {name: baseline[name] for name in ("recipe", "parameter_count", "comparison")}


def _matrices(found: Pairwise) -> dict[str, Any]:
    """Square matrices in the order of `ids`: row less column; `None` on the diagonal."""

    def matrix(value: Any) -> list[list[float | None]]:
        return [[None if row == column else value((row, column)) for column in found.ids] for row in found.ids]

    return {
        "ids": list(found.ids),
        "median_difference": matrix(lambda pair: found.differences[pair].median_difference),
        "low": matrix(lambda pair: found.differences[pair].interval.low),
        "high": matrix(lambda pair: found.differences[pair].interval.high),
        "p_value": matrix(lambda pair: found.differences[pair].p_value),
        "p_holm": matrix(lambda pair: found.p_holm[pair]),
        "num_pairs": matrix(lambda pair: found.differences[pair].num_pairs),
    }
