"""A child that projects is ended when nobody wants its places, and by itself where its parent was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np
import pytest

from models.maps.building.projecting import ChildProjector, in_child
from models.maps.embedding_map import Floats, ProjectionRecord
from tests.places import ROOT
from tests.waiting import HANG_S

POINTS = np.zeros((3, 2), np.float32)
PARENT = """
import sys
from pathlib import Path
from models.maps.building.projecting import in_child
from tests.models.maps.test_projecting import POINTS, Endless
if __name__ == "__main__":
    with in_child(Endless(Path(sys.argv[1]))) as child:
        child(POINTS)
"""


class Endless:
    """Writes down which process it is in, and never comes to an end."""

    def __init__(self, begun: Path) -> None:
        self.begun = begun

    def record(self, num_points: int) -> ProjectionRecord:
        return ProjectionRecord("endless", "none", 0, {"points": num_points})

    def __call__(self, points_NP: Floats) -> Floats:
        unfinished = self.begun.with_suffix(".new")
        unfinished.write_text(str(os.getpid()))
        unfinished.rename(self.begun)
        time.sleep(10 * HANG_S)
        return points_NP


def child_that_began(begun: Path) -> int:
    """Its process, as soon as it is at work."""
    until(begun.exists)
    return int(begun.read_text())


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(condition) -> None:
    deadline = time.monotonic() + HANG_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_stop_ends_the_child_and_whoever_waits_is_told(tmp_path: Path) -> None:
    def stop(child: ChildProjector) -> None:
        child_that_began(tmp_path / "begun")
        child.stop()

    with in_child(Endless(tmp_path / "begun")) as child:
        threading.Thread(target=stop, args=(child,)).start()
        with pytest.raises(BrokenProcessPool):
            child(POINTS)
    assert not is_there(child_that_began(tmp_path / "begun"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")
def test_a_child_goes_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script, tmp_path / "begun"], cwd=ROOT, env=environment) as parent:
        child = child_that_began(tmp_path / "begun")
        parent.send_signal(signal.SIGKILL)
    until(lambda: not is_there(child))
