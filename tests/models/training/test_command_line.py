"""`python -m models.training` goes from folders of pictures to checkpoints that load, and resumes, and measures."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
import torch
from PIL import Image
from torch import Tensor, nn

from models.checkpoints.reading import read_manifest
from models.figures.files import ABLATIONS_FILE, METRICS_FILE
from models.loading import verify
from models.training import commands
from models.training.__main__ import build_parser, main
from models.training.data import activations, datasets
from models.training.data import trunk as trunk_module
from models.training.data.activations import EarlyStages
from models.training.fitting import fine_tuning, recipes, tuned_trunks
from models.training.fitting.fine_tuning import FineTuning
from models.training.fitting.recipes import RECIPES, Recipe
from models.training.measuring import runs
from models.training.measuring.ablations import ABLATIONS
from models.trunk.backbone import Backbone
from models.trunk.features import OnnxRuntime
from tests.conftest import Draw
from tests.models.builders import tiny_recipe

PLACES = {"out": "checkpoints", "cache": "cache", "runs": "runs"}
SIDE_PX = 48
NUM_RATED = 20


@pytest.fixture(scope="module")
def workshop(trunk_root: Path, draw_picture: Draw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rated photographs, pristine ones, and a checkpoints folder with nothing but the graph."""
    root = tmp_path_factory.mktemp("workshop")
    shutil.copytree(trunk_root, root / "checkpoints")
    for folder, count in (("rated", NUM_RATED), ("pristine", 5)):
        (root / folder).mkdir()
        for seed in range(count):
            picture = Image.fromarray(draw_picture(seed, height=SIDE_PX, width=SIDE_PX))
            picture.save(root / folder / f"{seed:02}.png")
    rows = "\n".join(f"{seed:02}.png,{0.1 + 0.04 * seed:.2f}" for seed in range(NUM_RATED))
    (root / "rated" / "labels.csv").write_text(f"image,mos\n{rows}\n")
    return root


@pytest.fixture(autouse=True)
def _miniature(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_gmm", "moe"):
        tiny = tiny_recipe(name, steps=4, alignment_steps=2)
        monkeypatch.setitem(recipes.RECIPES, name, partial(Recipe, **vars(tiny)))
    monkeypatch.setattr(datasets, "NUM_RATED_CONTENTS", 4)


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["models.training", *map(str, arguments)])
    return main()


def _on(workshop: Path, *, rated: Path | None = None, pristine: Path | None = None, splits: int = 2) -> list[str]:
    """The options of a command that trains."""
    paths = {name: workshop / place for name, place in PLACES.items()} | {"pristine": pristine or workshop / "pristine"}
    options = [part for name, path in paths.items() for part in (f"--{name}", str(path))]
    return [*options, "--rated", f"biq2021={rated or workshop / 'rated'}", "--splits", str(splits), "--jobs", "1"]


def test_pictures_become_checkpoints_that_verify_and_no_piece_is_trained_twice(
    workshop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "train", "no_gmm", "moe", *_on(workshop), "--device", "cpu") == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == [str(workshop / "checkpoints" / name) for name in ("no_gmm", "moe")]
    assert all("SRCC" in line for line in said)
    served, refused = verify(workshop / "checkpoints")
    assert refused == []
    assert [manifest.id for manifest in served] == ["moe", "no_gmm"]
    metrics = json.loads((workshop / "checkpoints" / "moe" / METRICS_FILE).read_text())
    assert metrics["matched_baseline"]["recipe"].startswith("no_gmm_")

    def fail(*args: object, seed: int) -> None:
        pytest.fail(f"trained again with seed {seed}")

    monkeypatch.setattr(runs, "fit_head", fail)
    assert _run(monkeypatch, "train", "no_gmm", "moe", *_on(workshop), "--device", "cpu") == 0
    with pytest.raises(pytest.fail.Exception, match="trained again with seed 2"):  # the first two splits were read
        _run(monkeypatch, "train", "no_gmm", *_on(workshop, splits=3), "--device", "cpu")


class TorchInPlaceOfGraphs:
    """Computes what exported graphs would; an export takes a quarter of a minute."""

    def __init__(self) -> None:
        self.modules: dict[Path, nn.Module] = {}

    def export(self, module: nn.Module, path: Path, *_: object, **__: object) -> None:
        path.write_bytes(b"graph")
        self.modules[path] = module.eval()

    def runtime(self, path: Path, *, num_threads: int) -> Callable[[Sequence[Tensor]], Tensor]:
        assert num_threads == 1
        if path not in self.modules:
            return OnnxRuntime(path, num_threads=1)  # the frozen trunk's own

        @torch.inference_mode()
        def run(views_CHW: Sequence[Tensor]) -> Tensor:
            return torch.cat([self.modules[path](view_CHW[None]) for view_CHW in views_CHW])

        return run


def test_a_fine_tuned_trunk_ships_below_the_head_that_was_fitted_on_it(
    workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphs = TorchInPlaceOfGraphs()
    for module in (activations, tuned_trunks, trunk_module):
        monkeypatch.setattr(module, "export_graph", graphs.export)
        monkeypatch.setattr(module, "OnnxRuntime", graphs.runtime)
    monkeypatch.setattr(activations, "_early_graph", lambda backbone, path: _exported(graphs, backbone, path))
    monkeypatch.setattr(fine_tuning, "_PROBE_STEPS", 2)
    tiny = FineTuning(steps=2, photographs_per_step=3, chains_per_step=1, window_px=32)
    monkeypatch.setattr(commands, "FineTuning", lambda: tiny)
    shutil.copytree(workshop / "checkpoints" / "shared", tmp_path / "shared")
    options = [*_on(workshop), "--out", str(tmp_path), "--fine-tuned-splits", "1", "--no-baseline"]
    assert _run(monkeypatch, "train", "no_gmm", *options, "--device", "cpu") == 0
    manifest = read_manifest(tmp_path / "no_gmm")
    assert manifest.trunk.is_fine_tuned
    assert (tmp_path / manifest.trunk.tuned_path).is_file()
    metrics = json.loads((tmp_path / "no_gmm" / METRICS_FILE).read_text())
    assert (metrics["num_splits"], metrics["fine_tuned"]["num_splits"]) == (2, 1)
    (tmp_path / manifest.trunk.graph_path).unlink()  # torch reads the tuned stages then
    served, refused = verify(tmp_path)
    assert ([manifest.id for manifest in served], refused) == (["no_gmm"], [])


def _exported(graphs: TorchInPlaceOfGraphs, backbone: Backbone, path: Path) -> Path:
    graphs.export(EarlyStages(backbone), path)
    return path


def test_a_checkpoint_is_measured_on_a_set_and_the_reader_warned_where_it_was_trained_on_it(
    workshop: Path,
    whole_checkpoints: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    options: list[str | Path] = ["--out", whole_checkpoints, "--cache", tmp_path, "--device", "cpu"]
    both = ("moe", "no_gmm")
    assert _run(monkeypatch, "evaluate", *both, "--rated", f"biq2021={workshop / 'rated'}", *options) == 0
    said = json.loads(capsys.readouterr().out)
    order = {name: said["checkpoints"][name]["agreement"]["srcc"] for name in both}
    assert said["best"] == max(order, key=lambda name: order[name])
    (less,) = said["to_baseline"]
    assert less["checkpoint"] == "moe"
    assert less["srcc"]["value"] == pytest.approx(order["moe"] - order["no_gmm"], abs=1e-3)
    assert less["srcc"]["low"] <= less["srcc"]["value"] <= less["srcc"]["high"]
    assert "moe was trained on pictures of BIQ2021: these figures flatter it" in caplog.text


def test_ablations_are_measured_and_written_beside_the_checkpoints(
    workshop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "ablate", "no_gmm-no_order_pairs", *_on(workshop), "--device", "cpu") == 0
    path = workshop / "checkpoints" / ABLATIONS_FILE
    assert capsys.readouterr().out == f"{path}\n"
    assert list(json.loads(path.read_text())["ablations"]) == ["no_gmm-no_order_pairs"]


def test_a_folder_without_labels_is_one_line_and_exit_code_two(
    workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "train", "no_gmm", *_on(workshop, rated=tmp_path)) == 2
    assert "error: got" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_one_line_and_exit_code_two(
    workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Features of photographs come first, so that one photograph is enough here.
    shutil.copy(workshop / "rated" / "00.png", tmp_path)
    (tmp_path / "labels.csv").write_text("image,mos\n00.png,0.5\n")
    arguments = _on(workshop, rated=tmp_path, pristine=workshop / "nowhere")
    assert _run(monkeypatch, "train", "no_gmm", *arguments) == 2
    *progress, error = capsys.readouterr().err.splitlines()
    assert error.startswith("error: ")
    assert "nowhere" in error
    assert "Traceback" not in "".join(progress)


def test_every_recipe_and_ablation_can_be_named_and_all_of_them_at_once() -> None:
    needed = ["--rated", "biq2021=a", "--pristine", "b"]
    for names in ([*RECIPES], ["all"]):
        assert build_parser().parse_args(["train", *names, *needed]).recipe == names
    for names in ([*ABLATIONS], ["all"]):
        assert build_parser().parse_args(["ablate", *names, *needed]).ablation == names


@pytest.mark.parametrize("command", [["train", "soup"], ["train"], ["ablate"], ["ablate", "soup"], ["evaluate"]])
def test_what_cannot_be_run_is_refused_before_anything_is_read(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        build_parser().parse_args([*command, "--rated", "biq2021=a", "--pristine", "b"])
    assert "usage" in capsys.readouterr().err
