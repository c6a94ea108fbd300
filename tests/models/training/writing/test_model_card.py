"""Every figure in a model card is in metrics.json."""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.checkpoints.manifest import CARD_FILE, DatasetRecord
from models.checkpoints.reading import read_manifest
from models.figures.measurements import (
    MatchedBaseline,
    Metrics,
    SyntheticScale,
    metrics_in,
    read_metrics,
    write_metrics,
)
from models.figures.records import Spread
from models.figures.summaries import summarise, summarise_set
from models.taxonomy import TAXONOMY
from models.training.data.datasets import Dataset, Example, synthetic, synthetic_from_rated
from models.training.measuring.comparison import against_baseline
from models.training.measuring.evaluation import evaluate_split, measure_set
from models.training.writing.model_card import figure, model_card
from tests.models.builders import generic_head, tiny_config
from tests.models.training.fold_builders import drawn_photographs, drawn_synthetic
from tests.models.training.metrics_builders import manifest_of

HEADINGS = {
    "clusters": "## Clusters",
    "routing": "## What the routing is worth",
    "posteriors": "## What the posteriors are worth",
    "experts": "## Experts in use",
    "baseline": "## Does the mixture matter?",
}


@functools.cache
def _metrics(variant: str) -> Metrics:
    photographs, synthetic = drawn_photographs(), drawn_synthetic()
    heads = [generic_head(tiny_config(variant), seed=seed) for seed in range(2)]
    splits = [
        evaluate_split(
            head,
            seed=seed,
            quantile=1.5,
            photographs=photographs,
            synthetic=synthetic,
            further_rated={"live": synthetic},
        )
        for seed, head in enumerate(heads)
    ]
    better = [replace(split, synthetic=replace(split.synthetic, srcc=0.5, plcc=math.nan)) for split in splits]
    matched = MatchedBaseline("no_gmm_wide", 1234, against_baseline(better, splits))
    metrics = Metrics(
        recipe=variant,
        split_sha256="0" * 64,
        synthetic_scale=SyntheticScale(1.0, 0.0),
        num_splits=2,
        summary=summarise(splits),
        held_out_sets={"csiq": summarise_set([measure_set(heads[0], synthetic)])},
        matched_baseline=None if variant == "no_gmm" else matched,
        splits=splits,
    )
    return read_metrics(write_metrics(metrics))


def test_a_figure_is_a_median_with_its_smallest_and_largest() -> None:
    assert figure(Spread(0.81234, 0.7, 0.9)) == "0.812 (0.700 to 0.900)"
    assert figure(Spread(11.26, 10, 12), digits=1) == "11.3 (10.0 to 12.0)"
    assert figure(None) == "-"


def _triples(entry: Any) -> Iterator[tuple[float, float, float]]:
    if not isinstance(entry, dict):
        return
    if entry.keys() == {"median", "min", "max"}:
        yield entry["median"], entry["min"], entry["max"]
    if "median_difference" in entry and entry["num_pairs"]:
        yield entry["median_difference"], entry["interval"]["low"], entry["interval"]["high"]
    for value in entry.values():
        yield from _triples(value)


@pytest.mark.parametrize("variant", ["moe", "attention_gated", "no_gmm"])
def test_every_figure_of_the_card_is_in_the_metrics(variant: str) -> None:
    metrics = _metrics(variant)
    known = list(_triples(json.loads(write_metrics(metrics))))
    shown = re.findall(
        r"([-+]?\d+\.\d+) \(([-+]?\d+\.\d+) to ([-+]?\d+\.\d+)\)", model_card(manifest_of(variant, variant), metrics)
    )
    assert len(shown) >= 25
    for numbers in shown:
        digits = len(numbers[0].split(".")[1])
        assert tuple(map(float, numbers)) in {tuple(round(x, digits) for x in triple) for triple in known}


@pytest.mark.parametrize(
    ("variant", "parts"),
    [
        ("no_gmm", set()),
        ("vanilla_gmm", {"clusters", "posteriors", "baseline"}),
        ("moe", {"clusters", "routing", "experts", "baseline"}),
    ],
)
def test_a_card_is_silent_about_what_the_variant_lacks(variant: str, parts: set[str]) -> None:
    card = model_card(manifest_of(variant, variant), _metrics(variant))
    assert {name for name, heading in HEADINGS.items() if heading in card} == parts
    assert "None" not in card
    assert "nan" not in card


def test_the_oracle_is_called_a_bound_and_every_set_is_named() -> None:
    card = model_card(manifest_of("moe", "moe"), _metrics("moe"))
    assert "| on | own | shuffled | uniform | wrong | oracle |" in card
    assert "a bound, no router" in card
    assert "| live, test fold |" in card
    assert "| csiq, held out whole |" in card


def test_a_figure_that_no_split_has_is_a_hyphen() -> None:
    metrics = _metrics("moe")
    summary = replace(metrics.summary, order=replace(metrics.summary.order, l_test=None))
    assert "(L-test) -," in model_card(manifest_of("moe", "moe"), replace(metrics, summary=summary))


def test_a_card_states_both_sets_of_figures_and_where_the_weights_sit() -> None:
    metrics = _metrics("moe")
    better = replace(metrics.summary.photographs, srcc=Spread(0.91, 0.9, 0.92))
    tuned = replace(metrics, num_splits=1, summary=replace(metrics.summary, photographs=better))
    frozen_card = model_card(manifest_of("moe", "moe"), metrics)
    card = model_card(manifest_of("moe", "moe"), replace(metrics, fine_tuned=tuned))
    assert "on frozen ImageNet features of" in frozen_card
    assert "whose last stages were fine-tuned" in card
    assert "SRCC on photographs: 0.910 (0.900 to 0.920) fine-tuned" in card
    assert card.count("| BIQ2021 part, test fold | 0.910 (0.900 to 0.920) |") == 1
    titles = re.findall(r"^## (.*)$", card, re.MULTILINE)
    for heading in HEADINGS.values():
        ends = [title.rsplit(", ", 1)[1] for title in titles if f"## {title}".startswith(heading)]
        assert ends == (["fine-tuned features", "frozen features"] if heading != HEADINGS["posteriors"] else [])


def test_a_difference_over_few_splits_has_a_range_and_no_p() -> None:
    assert "median over splits (range) | p, Wilcoxon | p, corrected t |" in model_card(
        manifest_of("moe", "moe"), _metrics("moe")
    )
    assert ") | too few splits | too few splits |" in model_card(manifest_of("moe", "moe"), _metrics("moe"))


def test_a_card_says_what_its_figures_do_not_mean() -> None:
    card = model_card(manifest_of("moe", "moe"), _metrics("moe"))
    assert "sees neither type labels nor alignment pretraining" in card
    assert "marginal, in-domain coverage" in card
    assert "favours heads that are taught types" in card


@pytest.mark.parametrize("num_photographs", [1, 7])
def test_a_card_counts_the_contents_behind_the_pictures(num_photographs: int) -> None:
    paths = [Path(f"{number}.png") for number in range(num_photographs)]
    rated = Dataset("biq2021", tuple(Example(path.stem, path.stem, path, 50.0) for path in paths))
    made = [synthetic(paths), synthetic_from_rated(rated)]
    manifest = manifest_of("moe", "moe")
    records = tuple(DatasetRecord(dataset.name, len(dataset.examples), "0" * 64) for dataset in made)
    card = model_card(replace(manifest, training=replace(manifest.training, datasets=records)), _metrics("moe"))
    assert f"{len(TAXONOMY.distortion_types)} KADID-10k distortion types at 5 levels of {num_photographs} " in card
    assert f"the {num_photographs} best-rated of these photographs" in card


def test_a_card_follows_from_manifest_and_metrics_alone(whole_checkpoints: Path) -> None:
    folder = whole_checkpoints / "moe"
    assert model_card(read_manifest(folder), metrics_in(folder)) == (folder / CARD_FILE).read_text()
