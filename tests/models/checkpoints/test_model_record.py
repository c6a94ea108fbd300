"""A configuration is written with the fields of all variants, and read back as its own variant's."""

from __future__ import annotations

import json

import pytest

from models.checkpoints.manifest import CHECKPOINTS_FOLDER, CONFIG_FILE, manifest_adapter
from models.checkpoints.model_record import ModelRecord
from models.checkpoints.reading import checkpoint_folders, read_manifest
from models.heads.config import ConfigError, Formulation
from models.registry import list_models
from tests.models.builders import tiny_config

SHIPPED = [folder.name for folder in checkpoint_folders(CHECKPOINTS_FOLDER)]


@pytest.mark.parametrize("checkpoint_id", SHIPPED)
def test_what_ships_is_what_its_variant_s_configuration_would_be_written_as(checkpoint_id: str) -> None:
    folder = CHECKPOINTS_FOLDER / checkpoint_id
    manifest = read_manifest(folder)
    assert ModelRecord.of(manifest.model.config()) == manifest.model
    written = manifest_adapter().dump_python(manifest, mode="json", exclude={"id"})
    shipped = json.loads((folder / CONFIG_FILE).read_text())
    shipped["model"].setdefault("spread_sources", None)  # a checkpoint written before spreads were predicted has none
    assert written == shipped


@pytest.mark.parametrize(("variant", "formulation"), list_models())
def test_a_configuration_survives_being_written_and_read(variant: str, formulation: Formulation) -> None:
    config = tiny_config(variant, formulation)
    assert ModelRecord.of(config).config() == config


def test_fields_that_a_variant_does_not_read_are_kept_as_they_were_found() -> None:
    record = ModelRecord("no_gmm", num_experts=3, has_gate=False)
    assert record.config() == ModelRecord("no_gmm").config()
    assert (record.num_experts, record.has_gate) == (3, False)


@pytest.mark.parametrize(
    ("variant", "formulation"), [("moe", "stable"), ("self_supervised", "stable"), ("moe", "seed")]
)
def test_experts_that_do_not_match_the_clusters_are_refused(variant: str, formulation: Formulation) -> None:
    with pytest.raises(ConfigError, match="got 3 experts for 5 clusters, expected one expert per cluster"):
        ModelRecord(variant, formulation, num_clusters=5, num_experts=3).config()


@pytest.mark.parametrize("formulation", ["stable", "seed"])
def test_experts_that_do_not_match_the_groups_are_refused(formulation: Formulation) -> None:
    with pytest.raises(ConfigError, match="got 4 experts, expected one per distortion group: 8"):
        ModelRecord("distortion_aware", formulation, num_experts=4).config()


def test_a_variant_that_does_not_exist_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"got imaginary \(stable\), expected one of no_gmm \(stable\), vanilla_gmm"):
        ModelRecord("imaginary").config()
