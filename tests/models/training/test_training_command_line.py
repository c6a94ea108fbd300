"""`python -m models.training train` goes from folders of pictures to a checkpoint that loads, and resumes."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image

from models.predictor import verify
from models.training import recipes, runs
from models.training.__main__ import main
from tests.conftest import Draw
from tests.models.builders import tiny_recipe

SIDE_PX = 48


@pytest.fixture(scope="module")
def workshop(trunk_root: Path, draw_picture: Draw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rated photographs, pristine ones, and a checkpoints folder with nothing but the graph."""
    root = tmp_path_factory.mktemp("workshop")
    shutil.copytree(trunk_root, root / "checkpoints")
    for folder, count in (("rated", 20), ("pristine", 3)):
        (root / folder).mkdir()
        for seed in range(count):
            picture = Image.fromarray(draw_picture(seed, height=SIDE_PX, width=SIDE_PX))
            picture.save(root / folder / f"{seed:02}.png")
    rows = "\n".join(f"{seed:02}.png,{0.1 + 0.04 * seed:.2f}" for seed in range(20))
    (root / "rated" / "labels.csv").write_text(f"image,mos\n{rows}\n")
    return root


def _train(monkeypatch: pytest.MonkeyPatch, workshop: Path, recipe: str, **folders: Path) -> int:
    tiny = tiny_recipe(recipe)
    monkeypatch.setitem(recipes.RECIPES, recipe, lambda: tiny)
    paths = {"biq2021": "rated", "pristine": "pristine", "out": "checkpoints", "cache": "cache", "runs": "runs"}
    options = [part for name, path in paths.items() for part in (f"--{name}", str(folders.get(name, workshop / path)))]
    command = ["models.training", "train", recipe, *options, "--splits", "2", "--device", "cpu"]
    monkeypatch.setattr(sys, "argv", command)
    return main()


@pytest.mark.slow
def test_pictures_become_checkpoints_that_verify_and_no_split_is_trained_twice(
    workshop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for recipe in ("no_gmm", "moe"):
        assert _train(monkeypatch, workshop, recipe) == 0
        assert "SRCC" in capsys.readouterr().out
    served, refused = verify(workshop / "checkpoints")
    assert refused == []
    assert [manifest.id for manifest in served] == ["moe", "no_gmm"]

    def fail(*args: object, seed: int) -> None:
        pytest.fail(f"trained again with seed {seed}")

    monkeypatch.setattr(runs, "fit_head", fail)
    with pytest.raises(pytest.fail.Exception, match="trained again with seed 0"):
        _train(monkeypatch, workshop, "no_gmm")  # the two splits were read; only the head that ships is fitted
    assert [manifest.id for manifest in verify(workshop / "checkpoints")[0]] == ["moe", "no_gmm"]


def test_a_folder_without_labels_is_one_line_and_exit_code_two(
    workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _train(monkeypatch, workshop, "no_gmm", biq2021=tmp_path) == 2
    assert "error: got" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_one_line_and_exit_code_two(
    workshop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _train(monkeypatch, workshop, "no_gmm", pristine=workshop / "nowhere") == 2
    *progress, error = capsys.readouterr().err.splitlines()
    assert error.startswith("error: ")
    assert "nowhere" in error
    assert "Traceback" not in "".join(progress)
