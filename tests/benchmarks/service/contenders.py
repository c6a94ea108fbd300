"""Two other ways to serve the same checkpoint, as their documentation begins: a plain FastAPI route, and LitServe.

.venv/bin/python -m tests.benchmarks.service.contenders naive|litserve --port 9000 [--checkpoint moe]
"""

from __future__ import annotations

import argparse
import base64
import io
import os
from typing import Final

import litserve
import numpy as np
import uvicorn
from fastapi import FastAPI, UploadFile
from PIL import Image

from models.loading import load
from models.predictor import Predictor

HEALTH_PATH: Final = "/health"
NAIVE_PATH, LITSERVE_PATH = "/score", "/predict"
BATCH_SIZE: Final = 8


def score(predictor: Predictor, data: bytes) -> float:
    """What both do with a picture: Pillow, RGB, score."""
    return predictor.score(np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))).score.value


def serve_naively(checkpoint: str, port: int) -> None:
    """A synchronous FastAPI route, which Starlette runs on up to forty threads."""
    app, predictor = FastAPI(), load(checkpoint)

    @app.get(HEALTH_PATH)
    def health() -> str:
        return "ok"

    @app.post(NAIVE_PATH)
    def score_upload(file: UploadFile) -> dict[str, float]:
        return {"score": score(predictor, file.file.read())}

    uvicorn.run(app, port=port, log_level="warning")


class ScoringAPI(litserve.LitAPI):  # type: ignore[misc]
    """Up to `BATCH_SIZE` pictures at once, as base64 in JSON, which is LitServe's usual form."""

    def setup(self, device: str) -> None:  # noqa: ARG002 - the base class names it
        """Load the checkpoint that the environment names, in the worker."""
        self.predictor = load(os.environ["CHECKPOINT"])

    def decode_request(self, request: dict[str, str]) -> bytes:
        """The picture's bytes."""
        return base64.b64decode(request["picture"])

    def batch(self, inputs: list[bytes]) -> list[bytes]:
        """Pictures of several sizes make no array."""
        return inputs

    def predict(self, pictures: list[bytes]) -> list[float]:
        """A score for each."""
        return [score(self.predictor, picture) for picture in pictures]

    def unbatch(self, output: list[float]) -> list[float]:
        """The scores as they are."""
        return output

    def encode_response(self, output: float) -> dict[str, float]:
        """The same answer as the naive route's."""
        return {"score": output}


def serve_with_litserve(checkpoint: str, port: int) -> None:
    """LitServe with one worker."""
    os.environ["CHECKPOINT"] = checkpoint
    api = ScoringAPI(max_batch_size=BATCH_SIZE, batch_timeout=0.01)
    server = litserve.LitServer(api, accelerator="cpu", timeout=60)
    server.run(host="127.0.0.1", port=port, generate_client_file=False, log_level="warning")


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=("naive", "litserve"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--checkpoint", default="moe")
    arguments = parser.parse_args()
    serve = {"naive": serve_naively, "litserve": serve_with_litserve}[arguments.kind]
    serve(arguments.checkpoint, arguments.port)


if __name__ == "__main__":
    main()
