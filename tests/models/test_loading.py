"""A checkpoint folder is served whole or refused with the file, the field and the reason; nothing is ever unpickled."""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import onnx
import pytest
import torch
from torch import Tensor

import models
from models import loading
from models.checkpoints.integrity import check_graph
from models.checkpoints.manifest import CARD_FILE, CONFIG_FILE, WEIGHTS_FILE, Manifest, manifest_adapter
from models.checkpoints.reading import MAX_DIMENSION, checkpoint_folders, list_manifests, read_manifest
from models.checkpoints.refusal import CheckpointRefused, Refusal
from models.figures.files import METRICS_FILE
from models.heads.variant import Variant
from models.loading import UnknownCheckpoint, load_head, load_predictor, verify
from tests.models.builders import edit_config, edit_weights, replace_weights

BIAS: Final = "projection.layers.1.bias"

Damage = Callable[[Path], object]


def _flip_a_bit(folder: Path) -> None:
    path = folder / WEIGHTS_FILE
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)


def _truncate(folder: Path) -> None:
    path = folder / WEIGHTS_FILE
    path.write_bytes(path.read_bytes()[:-1])


def _tensors(change: Callable[[dict[str, Tensor]], object]) -> Damage:
    return lambda folder: edit_weights(folder, change)


def _poison(value: float) -> Damage:
    def change(tensors: dict[str, Tensor]) -> None:
        tensors[BIAS][0] = value

    return _tensors(change)


def _recast(dtype: torch.dtype) -> Damage:
    return _tensors(lambda tensors: tensors.update({BIAS: tensors[BIAS].to(dtype)}))


def _unknown_dtype(folder: Path) -> None:
    header = json.dumps({BIAS: {"dtype": "F8_E8M0", "shape": [1], "data_offsets": [0, 1]}}).encode()
    replace_weights(folder, len(header).to_bytes(8, "little") + header + b"\0")


class _Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return pytest.fail, ("a weight file was unpickled",)


WEIGHT_DAMAGES: Final[dict[str, tuple[Damage, str, str]]] = {
    "flipped bit": (_flip_a_bit, "sha256", "expected"),
    "truncated": (_truncate, "size_bytes", "expected"),
    "missing": (lambda folder: (folder / WEIGHTS_FILE).unlink(), "(whole file)", "No such file"),
    "text": (lambda folder: replace_weights(folder, b"not weights"), "(whole file)", "not a safetensors file"),
    "pickle": (lambda folder: replace_weights(folder, pickle.dumps(_Bomb())), "(whole file)", "not a safetensors file"),
    "unknown dtype": (_unknown_dtype, "(whole file)", "not a safetensors file"),
    "missing key": (_tensors(lambda tensors: tensors.pop(BIAS)), BIAS, "missing"),
    "unexpected key": (_tensors(lambda tensors: tensors.update(extra=torch.zeros(1))), "extra", "not a tensor of"),
    "NaN": (_poison(float("nan")), BIAS, "not finite"),
    "infinity": (_poison(float("inf")), BIAS, "not finite"),
    "half precision": (_recast(torch.float16), BIAS, r"got torch\.float16 \(8,\), expected torch\.float32 \(8,\)"),
    "double precision": (_recast(torch.float64), BIAS, r"got torch\.float64"),
    "wrong shape": (_tensors(lambda tensors: tensors.update({BIAS: torch.zeros(9)})), BIAS, r"got .*\(9,\), expected"),
    "other scores": (
        _tensors(lambda tensors: tensors["regressor.linear.bias"].add_(3)),
        "golden_score",
        "got .*, expected",
    ),
}


@pytest.mark.parametrize("name", WEIGHT_DAMAGES)
def test_damaged_weights_are_refused_with_their_reason(checkpoints: Path, name: str) -> None:
    damage, field, reason = WEIGHT_DAMAGES[name]
    damage(checkpoints / "no_gmm")
    with pytest.raises(CheckpointRefused, match=reason) as refused:
        load_predictor(checkpoints / "no_gmm", device="cpu")
    assert refused.value.refusal.checkpoint_id == "no_gmm"
    assert refused.value.refusal.file == WEIGHTS_FILE
    assert refused.value.refusal.field == field


def _put(*path: str, value: Any) -> Damage:
    def change(fields: dict[str, Any]) -> None:
        for key in path[:-1]:
            fields = fields[key]
        fields[path[-1]] = value

    return lambda folder: edit_config(folder, change)


def _write_config(text: str) -> Damage:
    return lambda folder: (folder / CONFIG_FILE).write_text(text)


CONFIG_DAMAGES: Final[dict[str, tuple[Damage, str, str]]] = {
    "broken JSON": (_write_config('{"format": 1,'), "(whole file)", "not readable as a JSON object"),
    "no object": (_write_config("[1, 2]"), "(whole file)", "not readable as a JSON object"),
    "not text": (lambda folder: (folder / CONFIG_FILE).write_bytes(b"\xff\xfe\0"), "(whole file)", "not readable"),
    "unknown field": (_put("banana", value=1), "banana", "Unexpected"),
    "unknown model field": (_put("model", "banana", value=1), "model.banana", "Unexpected"),
    "missing field": (lambda folder: edit_config(folder, lambda fields: fields.pop("variant")), "variant", "required"),
    "later format": (_put("format", value=2), "format", "1"),
    "wrong type": (_put("weights", "size_bytes", value="many"), "weights.size_bytes", "integer"),
    "impossible size": (_put("model", "num_clusters", value=0), "model", "expected at least 1"),
    "impossible crops": (_put("model", "preprocess", "crop_px", value=1), "model.preprocess", "expected at least 32"),
    "wrong parameter count": (_put("parameter_count", value=3), "parameter_count", "got 3, expected"),
    "another variant": (_put("variant", value="moe"), "variant", r"got moe \(stable\)"),
    "unknown variant": (
        lambda folder: [_put("variant", value="x")(folder), _put("model", "variant", value="x")(folder)],
        "model",
        r"got x \(stable\), expected one of",
    ),
    "unknown backbone": (_put("model", "backbone", value="vgg"), "model.backbone", "got backbone 'vgg', expected"),
    "other features": (_put("model", "stage_channels", value=[1, 2, 3, 4, 5]), "model.stage_channels", "expected"),
    "huge layer": (_put("model", "hidden_dim", value=10**13), "model.hidden_dim", "got 1.*, expected 1 to 4096"),
    "huge number": (_put("model", "hidden_dim", value=10**400), "model.hidden_dim", "expected 1 to 4096"),
    "huge interval": (_put("score", "interval_quantile", value=10**400), "score.interval_quantile", "number"),
    "huge crops": (_put("model", "preprocess", "crop_px", value=10**4000), "model.preprocess.crop_px", "1 to 2048"),
    "huge views": (
        _put("model", "preprocess", "native_max_pixels", value=10**9),
        "model.preprocess.native_max_pixels",
        "got 1000000000, expected 1 to 4194304",
    ),
    "huge overview": (
        _put("model", "preprocess", "overview_px", value=10_000),
        "model.preprocess.overview_px",
        "got 10000, expected 1 to 2048",
    ),
    "deep nesting": (_write_config("[" * 100_000), "(whole file)", "not readable as a JSON object"),
    "negative interval": (_put("score", "interval_quantile", value=-2), "score.interval_quantile", "got -2.*positive"),
    "turned range": (_put("score", "range", value=[5, 1]), "score.range", r"got \(5.0, 1.0\), expected \(0.0, 100.0\)"),
    "lower is better": (_put("score", "higher_is_better", value=False), "score.higher_is_better", "expected True"),
    "other coverage": (_put("score", "interval_coverage", value=0.5), "score.interval_coverage", "expected 0.9"),
    "trunk that is a path": (_put("trunk", "sha256", value="../../../../x"), "trunk.sha256", "pattern"),
    "names of no clusters": (_put("cluster_names", value=["fog"] * 8), "cluster_names", "got a list, expected null"),
    "names of no experts": (_put("expert_names", value=["fog"] * 8), "expert_names", "got a list, expected null"),
    "NaN golden score": (_put("golden_score", value=float("nan")), "golden_score", "finite"),
    "NaN interval": (_put("score", "interval_quantile", value=float("nan")), "score.interval_quantile", "finite"),
}


@pytest.mark.parametrize("name", CONFIG_DAMAGES)
def test_a_damaged_config_is_refused_with_its_reason(checkpoints: Path, name: str) -> None:
    damage, field, reason = CONFIG_DAMAGES[name]
    damage(checkpoints / "no_gmm")
    with pytest.raises(CheckpointRefused, match=reason) as refused:
        load_predictor(checkpoints / "no_gmm", device="cpu")
    assert refused.value.refusal.file == CONFIG_FILE
    assert refused.value.refusal.field == field


@pytest.mark.parametrize("field", ["cluster_names", "expert_names"])
def test_every_cluster_and_expert_has_its_name(checkpoints: Path, field: str) -> None:
    edit_config(checkpoints / "moe", lambda fields: fields[field].pop())
    with pytest.raises(CheckpointRefused, match=f"{CONFIG_FILE}, {field}: got 7 names, expected 8"):
        read_manifest(checkpoints / "moe")
    _put(field, value=None)(checkpoints / "moe")
    with pytest.raises(CheckpointRefused, match=f"{field}: got null, expected a list for moe"):
        load_predictor(checkpoints / "moe", device="cpu")


def test_nothing_is_allocated_for_a_model_that_its_weights_do_not_fit(checkpoints: Path) -> None:
    sizes = dict.fromkeys(("num_clusters", "num_experts", "projection_dim", "hidden_dim"), MAX_DIMENSION)
    names = {name: [str(number) for number in range(MAX_DIMENSION)] for name in ("cluster_names", "expert_names")}

    def change(fields: dict[str, Any]) -> None:
        fields["model"].update(sizes)  # its experts alone would have 256 GiB
        fields.update(names)

    edit_config(checkpoints / "moe", change)
    with pytest.raises(CheckpointRefused, match=r"got torch.float32 .*, expected torch.float32 .*4096"):
        load_predictor(checkpoints / "moe", device="cpu")


def test_whatever_loading_raises_refuses_that_folder_alone(checkpoints: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path, manifest: Manifest) -> Variant:
        if folder.name == "no_gmm":
            raise MemoryError("no\nroom")
        return load_head(folder, manifest)

    monkeypatch.setattr(loading, "load_head", fail)
    served, refused = verify(checkpoints)
    assert [manifest.id for manifest in served] == ["moe"]
    assert refused == [Refusal("no_gmm", WEIGHTS_FILE, "(whole file)", "got MemoryError: no room, expected it to load")]


def test_a_graph_that_is_none_is_refused_though_its_hash_fits(checkpoints: Path) -> None:
    manifest = read_manifest(checkpoints / "moe")
    (checkpoints / manifest.trunk.graph_path).write_bytes(b"no graph")
    digest = hashlib.sha256(b"no graph").hexdigest()
    _put("trunk", "graph_sha256", value=digest)(checkpoints / "moe")
    with pytest.raises(CheckpointRefused, match="expected it to load") as refused:
        load_predictor(checkpoints / "moe", device="cpu")
    assert refused.value.refusal.file == manifest.trunk.graph_path


def test_without_the_graph_a_head_of_another_trunk_is_refused(checkpoints: Path) -> None:
    _put("trunk", "sha256", value="0" * 64)(checkpoints / "moe")
    with pytest.raises(CheckpointRefused, match=r"trunk\.sha256: got 000000000000…, expected .* as the backbone has"):
        load_predictor(checkpoints / "moe", device="cpu")


def test_a_head_that_names_no_type_opens_whatever_classes_it_was_trained_on(checkpoints: Path) -> None:
    _put("classes", value=["clean", "fog"])(checkpoints / "no_gmm")
    assert load_predictor(checkpoints / "no_gmm", device="cpu").manifest.classes == ("clean", "fog")


def test_a_head_that_names_types_is_refused_for_a_class_that_nothing_here_can_show(checkpoints: Path) -> None:
    _put("classes", value=["clean", "fog"])(checkpoints / "moe")
    with pytest.raises(CheckpointRefused, match="classes: got 'fog', expected the 26 classes of this version's taxon"):
        load_predictor(checkpoints / "moe", device="cpu")


def test_a_folder_that_may_not_be_entered_is_refused_and_not_overlooked(
    checkpoints: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_entry(path: Path) -> bool:
        if path.parent.name == "no_gmm":
            raise PermissionError(13, "Permission denied")
        return path.exists()

    (checkpoints / "no_gmm" / CONFIG_FILE).unlink()
    monkeypatch.setattr(Path, "is_file", no_entry)
    sound, refused = list_manifests(checkpoints)
    assert [manifest.id for manifest in sound] == ["moe"]
    assert [refusal.checkpoint_id for refusal in refused] == ["no_gmm"]


def test_a_wrong_golden_score_is_refused(checkpoints: Path) -> None:
    edit_config(checkpoints / "no_gmm", lambda fields: fields.update(golden_score=fields["golden_score"] + 0.2))
    with pytest.raises(CheckpointRefused, match=r"golden_score: got .*, expected"):
        load_predictor(checkpoints / "no_gmm", device="cpu")


def test_a_changed_graph_is_refused_for_every_checkpoint_that_uses_it(checkpoints: Path) -> None:
    manifest = read_manifest(checkpoints / "moe")
    graph = checkpoints / manifest.trunk.graph_path
    assert check_graph(checkpoints / "moe", manifest) == graph
    graph.write_bytes(graph.read_bytes()[:-1])
    served, refused = verify(checkpoints)
    assert served == []
    assert {(refusal.checkpoint_id, refusal.field) for refusal in refused} == {
        ("moe", "graph_sha256"),
        ("no_gmm", "graph_sha256"),
    }
    assert refused[0].file == manifest.trunk.graph_path


def test_without_the_graph_torch_gives_the_same_score(checkpoints: Path) -> None:
    (checkpoints / read_manifest(checkpoints / "moe").trunk.graph_path).unlink()
    assert load_predictor(checkpoints / "moe", device="cpu").manifest.id == "moe"


def test_a_broken_folder_leaves_the_others_served(checkpoints: Path) -> None:
    _flip_a_bit(checkpoints / "no_gmm")
    served, refused = verify(checkpoints)
    assert [manifest.id for manifest in served] == ["moe"]
    assert [refusal.checkpoint_id for refusal in refused] == ["no_gmm"]


def test_listing_reads_configs_alone_and_says_what_is_wrong(checkpoints: Path) -> None:
    _write_config("{}")(checkpoints / "no_gmm")
    (checkpoints / "moe" / WEIGHTS_FILE).unlink()
    sound, refused = list_manifests(checkpoints)
    assert [manifest.id for manifest in sound] == ["moe"]
    assert [refusal.file for refusal in refused] == [CONFIG_FILE]


def test_only_folders_with_a_config_are_checkpoints(checkpoints: Path) -> None:
    assert [folder.name for folder in checkpoint_folders(checkpoints)] == ["moe", "no_gmm"]
    assert checkpoint_folders(checkpoints / "nowhere") == []


def test_the_folders_name_is_the_id(checkpoints: Path) -> None:
    shutil.copytree(checkpoints / "moe", checkpoints / "another")
    assert read_manifest(checkpoints / "another").id == "another"
    assert "id" not in json.loads((checkpoints / "another" / CONFIG_FILE).read_text())


def test_a_manifest_survives_being_written_and_read(whole_checkpoints: Path) -> None:
    manifest = read_manifest(whole_checkpoints / "moe")
    fields = json.loads(manifest_adapter().dump_json(manifest))
    assert manifest_adapter().validate_python(fields) == manifest


def test_a_whole_folder_holds_what_the_contract_names(whole_checkpoints: Path) -> None:
    names = {path.name for path in (whole_checkpoints / "moe").iterdir()}
    assert {CONFIG_FILE, WEIGHTS_FILE, METRICS_FILE, CARD_FILE} <= names
    manifest = read_manifest(whole_checkpoints / "moe")
    assert (manifest.num_clusters, manifest.num_experts) == (8, 8)
    assert manifest.training_data == (
        "biq2021",
        "live",
        "synthetic",
        "synthetic_biq2021",
        "blurred_biq2021",
        "compound_synthetic_biq2021",
        "mixed",
    )
    head = load_head(whole_checkpoints / "moe", manifest)
    assert not head.training
    assert not any(parameter.requires_grad for parameter in head.parameters())


def test_models_load_gives_a_predictor_by_id(whole_checkpoints: Path) -> None:
    assert models.load("no_gmm", root=whole_checkpoints, device="cpu").manifest.id == "no_gmm"
    assert models.load(root=whole_checkpoints, device="cpu").manifest.id == "moe"


def test_a_graph_exported_anew_at_the_same_path_is_the_one_that_runs(checkpoints: Path) -> None:
    load_predictor(checkpoints / "moe", device="cpu")
    path = checkpoints / read_manifest(checkpoints / "moe").trunk.graph_path
    graph = onnx.load(path)
    largest = max(graph.graph.initializer, key=lambda tensor: len(tensor.raw_data))
    largest.raw_data = bytes(len(largest.raw_data))  # other features, so the golden score cannot be met
    path.write_bytes(graph.SerializeToString())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    edit_config(checkpoints / "moe", lambda fields: fields["trunk"].update(graph_sha256=digest))
    with pytest.raises(CheckpointRefused, match="golden_score"):
        load_predictor(checkpoints / "moe", device="cpu")


def test_an_unknown_checkpoint_is_answered_with_the_known_ones(whole_checkpoints: Path) -> None:
    with pytest.raises(UnknownCheckpoint, match=r"got checkpoint 'best', expected one of those in .*: moe, no_gmm"):
        models.load("best", root=whole_checkpoints)
