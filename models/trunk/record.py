"""What a checkpoint records of the trunk below its head, and where that trunk's files lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.strict_json import Sha256, strict_record

SHARED_FOLDER: Final = "shared"
"""Lies beside the checkpoints and holds what several of them need."""
GRAPH_FILE: Final = "features.onnx"
TUNED_FILE: Final = "tuned_stages.safetensors"
_ADDRESS_LENGTH: Final = 12


@strict_record
@dataclass(frozen=True)
class TrunkRecord:
    """The trunk below the head: a hash of its parameters, and of its exported graph under `shared/`.

    Without fine-tuning its weights are ImageNet's, from their package; with it, those of the last stages lie beside
    the graph.
    """

    sha256: Sha256
    graph_sha256: Sha256
    is_fine_tuned: bool = False

    @property
    def graph_path(self) -> str:
        """Where the graph lies, relative to the folder of all checkpoints."""
        return f"{SHARED_FOLDER}/{self.sha256[:_ADDRESS_LENGTH]}/{GRAPH_FILE}"

    @property
    def tuned_path(self) -> str:
        """Where the fine-tuned stages lie, relative to the folder of all checkpoints."""
        return f"{SHARED_FOLDER}/{self.sha256[:_ADDRESS_LENGTH]}/{TUNED_FILE}"

    def tuned_file(self, root: Path) -> Path | None:
        """The fine-tuned stages, `root` being the folder of all checkpoints; `None` where the trunk is ImageNet's."""
        return root / self.tuned_path if self.is_fine_tuned else None
