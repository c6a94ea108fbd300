"""Figures, rows and pictures -> `report.html`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from models.files import write_atomically
from models.studies.findings.records import REPORT_FILE, Estimate, StudyFigures
from models.studies.findings.wording import fit_words, verdict_words
from models.studies.report.charts import Dots, charts, drawn_rows
from models.studies.report.duplicates import shown_groups
from models.studies.report.worst import worst_pictures

_FRONTEND: Final = Path(__file__).resolve().parents[3] / "frontend"
_PLOTLY: Final = _FRONTEND / "static/vendor/plotly/plotly-strict.min.js"
"""The studio's own copy, which the report takes along."""


def write_report(
    folder: Path, figures: StudyFigures, rows_of: Mapping[str, Sequence[Mapping[str, Any]]], path_of: Mapping[str, Path]
) -> Path:
    """Write the report of a study; `rows_of` are the rows of the checkpoints whose dots are shown, the best first."""
    shown = next(iter(rows_of), None)
    dots_of = {name: _dots(rows) for name, rows in rows_of.items()}
    context = {
        "figures": figures,
        "verdict": (*verdict_words(figures), *fit_words(figures)),
        "charts": [asdict(chart) for chart in charts(figures, dots_of)],
        "shown": shown,
        "worst": [] if shown is None else worst_pictures(rows_of[shown], path_of),
        "duplicates": shown_groups(figures.duplicates, path_of),
        "plotly": _inside_script(_PLOTLY.read_text(encoding="utf-8")),
    }
    page = _environment().get_template("study.html").render(context)
    write_atomically(folder / REPORT_FILE, page.encode())
    return folder / REPORT_FILE


def _dots(rows: Sequence[Mapping[str, Any]]) -> Dots:
    rated = [row for row in rows if row["label"] is not None and row["score"] is not None]
    chosen = [rated[row] for row in drawn_rows(len(rated))]
    names, labels, scores = ([row[column] for row in chosen] for column in ("filename", "label", "score"))
    return Dots(names, labels, scores)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FRONTEND / "reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"interval": _interval, "script_json": _script_json}
    return environment


def _interval(figure: Estimate, digits: int = 3) -> str:
    text = f"{figure.value:.{digits}f} [{figure.low:.{digits}f} to {figure.high:.{digits}f}]"
    return text.replace("-", "\N{MINUS SIGN}")


def _script_json(value: object) -> Markup:
    """A value as JSON that cannot end the script it stands in; what is no number is null."""
    return Markup(json.dumps(_finite(value)).replace("<", "\\u003c"))


def _inside_script(script: str) -> Markup:
    """A script of ours that must not end the element it stands in; such texts are inside its strings."""
    return Markup(script.replace("</script", "<\\/script").replace("<!--", "<\\!--"))


def _finite(value: Any) -> Any:
    match value:
        case float():
            return value if value - value == 0 else None
        case Mapping():
            return {key: _finite(one) for key, one in value.items()}
        case list() | tuple():
            return [_finite(one) for one in value]
        case _:
            return value
