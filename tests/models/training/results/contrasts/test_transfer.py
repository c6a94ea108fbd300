"""Figures on sets held out whole come with the number of heads behind them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from models.figures.files import METRICS_FILE
from models.figures.measurements import metrics_in, write_metrics
from models.figures.records import Agreement, Spread
from models.training.results.contrasts.transfer import num_heads, transfer_sentences
from models.training.results.evidence.measured import LIVE, read_measured
from tests.models.training.metrics_builders import write_checkpoint


def _hold_out(folder: Path, name: str, *, low: float, median: float, high: float) -> None:
    """One rated set held out whole, with these ends of SRCC; its other figures are those of as many heads."""
    metrics = metrics_in(folder)
    srcc = Spread(median, low, high)
    figures = metrics.held_out_sets[name]
    held_out = replace(figures, agreement=Agreement(srcc, srcc, srcc, srcc, srcc))
    (folder / METRICS_FILE).write_bytes(write_metrics(replace(metrics, held_out_sets={name: held_out})))


def test_one_head_is_told_from_several(tmp_path: Path) -> None:
    _hold_out(write_checkpoint(tmp_path, "moe", variant="moe"), "biq2021", low=0.4, median=0.5, high=0.6)
    _hold_out(
        write_checkpoint(tmp_path, "vanilla_gmm", variant="vanilla_gmm"), "biq2021", low=0.55, median=0.55, high=0.55
    )
    _hold_out(write_checkpoint(tmp_path, "no_gmm", variant="no_gmm"), "biq2021", low=0.3, median=0.4, high=0.5)
    measured = read_measured(tmp_path)
    assert {entry.id: num_heads(entry, "biq2021") for entry in measured} == {"moe": 3, "vanilla_gmm": 1, "no_gmm": 3}
    assert num_heads(measured[0], LIVE) is None
    assert transfer_sentences(measured) == [
        "Transfer to BIQ2021 held out whole: the highest median SRCC is that of `vanilla_gmm`, 0.550 (1 head); that of "
        "`moe`, 0.500 (3 heads); that of `no_gmm`, 0.400 (3 heads)."
    ]


def test_no_more_heads_are_claimed_than_splits(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path, "no_gmm", variant="no_gmm", num_splits=2)
    _hold_out(folder, "biq2021", low=0.3, median=0.4, high=0.5)
    (entry,) = read_measured(tmp_path)
    assert num_heads(entry, "biq2021") == 2
