"""One table says the same in Markdown, CSV and LaTeX."""

from __future__ import annotations

import csv
import io
import math

import pytest

from models.figures.records import Interval, PairedComparison, Spread
from models.training.results.evidence.tables import Figure, Table, signed, spread

TABLE = Table(
    "some",
    "What `moe` does.",
    ("checkpoint", "goal", "n", "SRCC"),
    (
        ("`moe_seed`", "≥ 90 %", 12345, Figure(0.81234567, 0.7, 0.9, mark="*")),
        ("`no_gmm`", "a & b", 1, Figure(None)),
    ),
)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(0.81234), "0.812"),
        (Figure(0.81234, 0.7, 0.9), "0.812 (0.700 to 0.900)"),
        (Figure(0.01, -0.0049, 0.02, is_signed=True, digits=2), "+0.01 (+0.00 to +0.02)"),
        (Figure(0.01, -0.02, 0.02, is_signed=True, is_short=True, mark="*"), "+0.010*"),
        (Figure(-0.0001), "0.000"),
        (Figure(None, 0.1, 0.2), "-"),
        (Figure(math.nan), "-"),
        (Figure(0.5, math.nan, math.nan), "0.500"),
    ],
)
def test_a_figure_is_shown_with_its_interval(figure: Figure, text: str) -> None:
    assert figure.text == text


def test_markdown_is_a_table_whose_marks_are_no_emphasis() -> None:
    lines = TABLE.markdown.splitlines()
    assert lines[0] == "| checkpoint | goal | n | SRCC |"
    assert lines[2] == r"| `moe_seed` | ≥ 90 % | 12,345 | 0.812\* (0.700 to 0.900) |"
    assert {line.count("|") for line in lines} == {5}


def test_csv_has_bare_names_and_numbers_and_a_column_for_each_end() -> None:
    header, first, second = csv.reader(io.StringIO(TABLE.csv))
    assert header == ["checkpoint", "goal", "n", "SRCC", "SRCC low", "SRCC high"]
    assert first == ["moe_seed", "≥ 90 %", "12345", "0.812346", "0.7", "0.9"]
    assert second[3:] == ["", "", ""]


def test_latex_escapes_what_it_would_read_as_a_command() -> None:
    latex = TABLE.latex
    assert r"\texttt{moe\_seed} & $\geq$ 90 \% & 12,345 & 0.812* (0.700 to 0.900) \\" in latex
    assert r"a \& b" in latex
    assert r"\begin{tabular}{llrr}" in latex


def test_latex_sets_signs_as_signs() -> None:
    table = Table("signs", "", ("x",), ((Figure(-0.1, -0.2, 0.1, is_signed=True),),))
    assert "$-$0.100 ($-$0.200 to $+$0.100)" in table.latex


def test_figures_are_made_from_summaries_and_differences() -> None:
    assert spread(Spread(0.5, 0.4, 0.6)).text == "0.500 (0.400 to 0.600)"
    assert spread(None).text == "-"
    assert signed(PairedComparison(0.01, Interval(0.0, 0.02), 0.1, 10, 0.01, 0.01)).text == "+0.010 (+0.000 to +0.020)"
    assert signed(None).text == "-"
