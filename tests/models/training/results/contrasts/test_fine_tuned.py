"""Fine-tuned figures stand beside the frozen ones of the same splits, and claim no more than few splits allow."""

from __future__ import annotations

import numpy as np
import pytest

from models.training.results.contrasts.fine_tuned import (
    both_features,
    fine_tuned_in_short,
    fine_tuned_mixture_table,
    fine_tuned_section,
    fine_tuned_table,
)
from models.training.results.evidence.measured import LIVE, Measured, read_measured
from tests.models.training.metrics_builders import write_checkpoint

HELD_OUT = ("further_rated", LIVE, "agreement", "srcc")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Measured, ...]:
    """A mixture that gains by fine-tuning and one that loses; the baseline has frozen figures alone."""
    root = tmp_path_factory.mktemp("tuned")
    write_checkpoint(root, "no_gmm", variant="no_gmm")
    write_checkpoint(
        root,
        "moe",
        variant="moe",
        values={HELD_OUT: 0.87},
        fine_tuned_gain=0.05,
        fine_tuned_values={HELD_OUT: 0.91},
    )
    write_checkpoint(root, "vanilla_gmm", variant="vanilla_gmm", fine_tuned_gain=-0.04)
    return read_measured(root)


@pytest.fixture(scope="module")
def section(measured: tuple[Measured, ...]) -> str:
    tables = [fine_tuned_table(measured), fine_tuned_mixture_table(measured)]
    return "\n\n".join(fine_tuned_section(measured, {table.name: table for table in tables}))


def test_both_sides_are_of_the_same_splits(measured: tuple[Measured, ...]) -> None:
    both = next(found for found in both_features(measured) if found.id == "moe")
    assert both.frozen.seeds == both.tuned.seeds == (0, 1, 2)
    whole = next(entry for entry in measured if entry.id == "moe")
    expected = np.median(whole.per_split(lambda split: split.photographs.srcc)[:3])
    assert both.frozen.median(lambda summary: summary.photographs.srcc) == pytest.approx(expected)


def test_every_checkpoint_has_a_table_of_its_own(section: str) -> None:
    assert section.count("### `moe`") == section.count("### `vanilla_gmm`") == 1
    assert "### `no_gmm`" not in section
    moe = section.split("### `moe`")[1].split("###")[0]
    assert "| figure, 3 splits | frozen | fine-tuned | change |" in moe
    assert "| SRCC LIVE, held out whole | 0.870 (0.870 to 0.870) | 0.910 (0.910 to 0.910) | +0.040 |" in moe
    for figure in ("SRCC photographs", "PLCC photographs", "SRCC synthetic", "group accuracy", "AMI content"):
        assert f"| {figure} | " in moe


def test_sentences_tell_who_gains_by_fine_tuning_and_who_does_not(section: str) -> None:
    assert "on frozen ones, is higher on every split for `moe` +0.050 (+0.050 to +0.050)" in section
    assert "lower on every split for `vanilla_gmm` -0.040" in section
    assert "On LIVE held out whole the median SRCC is higher for 1 of 2: `moe` 0.870 to 0.910" in section


def test_on_three_splits_a_gain_is_judged_by_the_corrected_t_test(measured: tuple[Measured, ...], section: str) -> None:
    assert "On fewer than 6 splits these are directions;" in section
    rows = fine_tuned_mixture_table(measured).rows
    assert [row[0] for row in rows] == ["`moe`", "`vanilla_gmm`"]
    assert {row[4] for row in rows} | {row[6] for row in rows} == {"better", "worse"}


def test_in_short_the_best_is_named_with_both_figures(measured: tuple[Measured, ...]) -> None:
    said = fine_tuned_in_short(measured)
    assert said.startswith(
        "Fine-tuned features, measured for 2 of 3 checkpoints: the highest median SRCC on photographs is that of"
    )
    assert "`moe`" in said
    assert "over 3 splits" in said
    assert fine_tuned_in_short([entry for entry in measured if entry.id == "no_gmm"]).endswith("not measured.")
