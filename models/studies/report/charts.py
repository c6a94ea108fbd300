"""The charts of a report, as Plotly's data and layout: plain lists and texts, of which JSON can be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from models.studies.findings.records import CheckpointFigures, StudyFigures

MOST_DOTS: Final = 3000
"""Dots of one checkpoint; of more pictures a fixed draw is shown."""
_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999")
_POINTS: Final = [0, 100]


@dataclass(frozen=True)
class Chart:
    """A chart with its heading, and a sentence on how to read it."""

    id: str
    title: str
    reading: str
    data: Sequence[Mapping[str, Any]]
    layout: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Dots:
    """A checkpoint's rated pictures: names, labels and scores, in one order."""

    names: Sequence[str]
    labels: Sequence[float]
    scores: Sequence[float]


def charts(figures: StudyFigures, dots_of: Mapping[str, Dots]) -> list[Chart]:
    """Every chart that there is something to draw for."""
    measured = [one for one in figures.checkpoints if one.agreement is not None]
    drawn = [_orders(measured), _scatter(dots_of), _bins(measured), _coverage(measured)] if measured else []
    return [chart for chart in (*drawn, _mix(figures.checkpoints)) if chart.data]


def _orders(measured: Sequence[CheckpointFigures]) -> Chart:
    found = [one.agreement.srcc for one in measured if one.agreement is not None]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [one.value for one in found],
        "y": [one.id for one in measured],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [one.high - one.value for one in found],
            "arrayminus": [one.value - one.low for one in found],
        },
        "marker": {"color": _COLOURS[0], "size": 9},
    }
    layout = {"xaxis": {"title": {"text": "SRCC"}}, "yaxis": {"autorange": "reversed", "type": "category"}}
    return Chart("srcc", "Order", "SRCC with its 95 % interval; further right is better.", [trace], layout)


def _scatter(dots_of: Mapping[str, Dots]) -> Chart:
    traces = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": list(dots.labels),
            "y": list(dots.scores),
            "text": list(dots.names),
            "marker": {"color": colour, "size": 6, "opacity": 0.6},
        }
        for colour, (name, dots) in zip(_COLOURS, dots_of.items(), strict=False)
    ]
    layout = {
        "xaxis": {"title": {"text": "label, 0-100"}},
        "yaxis": {"title": {"text": "score"}, "range": _POINTS},
    }
    reading = "Each dot is a picture, named when pointed at. Scores are as predicted, before any mapping."
    return Chart("scatter", "Predicted against label", reading, traces, layout)


def _bins(measured: Sequence[CheckpointFigures]) -> Chart:
    traces = [
        {
            "type": "bar",
            "name": one.id,
            "x": [part.name for part in one.by_label],
            "y": [part.mean_absolute_error for part in one.by_label],
            "marker": {"color": colour},
        }
        for colour, one in zip(_COLOURS, measured, strict=False)
    ]
    layout = {"xaxis": {"title": {"text": "label"}}, "yaxis": {"title": {"text": "mean absolute error, points"}}}
    return Chart("bins", "Error by label", "Fifths of the pictures by label, after the mapping.", traces, layout)


def _coverage(measured: Sequence[CheckpointFigures]) -> Chart:
    found = [one.coverage for one in measured if one.coverage is not None]
    trace = {
        "type": "bar",
        "x": [one.id for one in measured],
        "y": [100 * one.measured.value for one in found],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [100 * (one.measured.high - one.measured.value) for one in found],
            "arrayminus": [100 * (one.measured.value - one.measured.low) for one in found],
        },
        "marker": {"color": _COLOURS[0]},
    }
    promised = 100 * found[0].promised
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": promised, "y1": promised, "line": {"dash": "dot"}}
    layout = {"yaxis": {"title": {"text": "labels inside, %"}, "range": _POINTS}, "shapes": [line]}
    reading = f"Share of labels inside the prediction intervals; {promised:.0f} % are promised (dotted)."
    return Chart("coverage", "Intervals", reading, [trace], layout)


def _mix(checkpoints: Sequence[CheckpointFigures]) -> Chart:
    clustered = [(one.id, one.clusters) for one in checkpoints if one.clusters is not None]
    names = list(dict.fromkeys(name for _, mix in clustered for name in mix.names))
    traces = [
        {
            "type": "bar",
            "name": name,
            "x": [identity for identity, _ in clustered],
            "y": [100 * dict(zip(mix.names, mix.mean, strict=True)).get(name, 0.0) for _, mix in clustered],
        }
        for name in names
    ]
    layout = {"barmode": "stack", "yaxis": {"title": {"text": "mean posterior, %"}}}
    return Chart("clusters", "Clusters", "What the pictures look like to each mixture.", traces, layout)


def drawn_rows(count: int) -> list[int]:
    """Which of so many pictures are shown as dots, always the same."""
    if count <= MOST_DOTS:
        return list(range(count))
    return sorted(np.random.default_rng(0).choice(count, MOST_DOTS, replace=False).tolist())
