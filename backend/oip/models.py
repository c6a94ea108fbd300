"""A checkpoint as a model of the Open Inference Protocol: which tensors it takes, and which it gives.

Legend: N pictures of a request, K clusters, E experts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from backend.addresses import VERSION_DIGITS
from backend.errors import InvalidInference, UnknownVersion
from backend.inference.answers import prediction_response
from backend.inference.catalogue import Catalogue
from backend.oip.schemas import Datatype, ModelMetadata, TensorMetadata, TensorParameters
from backend.schemas import PredictionResponse
from models.checkpoints.manifest import Manifest
from models.parts import Part
from models.prediction import Prediction
from models.predictor import Predictor

INPUT: Final = "image"
PLATFORM: Final = "ceniqa-studio"
_PICTURES: Final = -1

Values = Sequence[float] | Sequence[str]


@dataclass(frozen=True)
class Tensor:
    """Values row by row, and how many there are in each direction."""

    name: str
    datatype: Datatype
    shape: tuple[int, ...]
    values: Values


@dataclass(frozen=True)
class _Rows:
    """A number, or one for each cluster or expert, of every picture: (N,), (N, K) or (N, E)."""

    of: Callable[[PredictionResponse], Sequence[float]]
    part: Part | None = None
    axis: Literal["K", "E"] | None = None
    datatype: Datatype = "FP64"

    def shape(self, model: Manifest) -> tuple[int, ...]:
        return (_PICTURES,) if self.axis is None else (_PICTURES, _size(model, self.axis))

    def values(self, answers: Sequence[PredictionResponse]) -> Values:
        return [number for answer in answers for number in self.of(answer)]


@dataclass(frozen=True)
class _Names:
    """What the clusters or experts are called, the same for all pictures: (K,) or (E,)."""

    of: Callable[[PredictionResponse], Sequence[str]]
    part: Part
    axis: Literal["K", "E"]
    datatype: Datatype = "BYTES"

    def shape(self, model: Manifest) -> tuple[int, ...]:
        return (_size(model, self.axis),)

    def values(self, answers: Sequence[PredictionResponse]) -> Values:
        return self.of(answers[0])


_OUTPUTS: Final[dict[str, _Rows | _Names]] = {
    "score": _Rows(lambda answer: [answer.score.value]),
    "score_low": _Rows(lambda answer: [answer.score.low]),
    "score_high": _Rows(lambda answer: [answer.score.high]),
    "score_std": _Rows(lambda answer: [answer.score.std]),
    "posteriors": _Rows(lambda answer: answer.posteriors or [], "mixture", "K"),
    "gating_weights": _Rows(lambda answer: answer.gating_weights or [], "gate", "E"),
    "routing_weights": _Rows(lambda answer: answer.routing_weights or [], "experts", "E"),
    "expert_scores": _Rows(lambda answer: [e.score for e in answer.experts if e.kind == "expert"], "experts", "E"),
    "fusion_score": _Rows(lambda answer: [e.score for e in answer.experts if e.kind == "fusion"], "fusion"),
    "fusion_weight": _Rows(lambda answer: [e.weight for e in answer.experts if e.kind == "fusion"], "fusion"),
    "cluster_names": _Names(lambda answer: answer.cluster_names or [], "mixture", "K"),
    "expert_names": _Names(lambda answer: [e.name for e in answer.experts if e.kind == "expert"], "experts", "E"),
}


async def find_model(catalogue: Catalogue, name: str, version: str | None) -> Predictor:
    """The predictor of a checkpoint, with the weights that a version names.

    A version is the start of the weights' SHA-256, so a client that names one never gets another model's scores.
    Raises `UnknownCheckpoint` and `UnknownVersion`.
    """
    predictor = await catalogue.find(name)
    served = model_version(predictor.manifest)
    if version not in {None, served}:
        raise UnknownVersion(f"got version {version!r} of {name}, expected {served}, the weights that are served")
    return predictor


def model_version(model: Manifest) -> str:
    """The version under which a checkpoint's weights are served."""
    return model.weights_sha256[:VERSION_DIGITS]


def model_metadata(predictor: Predictor) -> ModelMetadata:
    """The tensors of a model."""
    model = predictor.manifest
    image = TensorMetadata(name=INPUT, datatype="BYTES", shape=[_PICTURES], parameters=TensorParameters())
    outputs = [
        TensorMetadata(name=name, datatype=output.datatype, shape=list(output.shape(model)))
        for name, output in _outputs_of(predictor).items()
    ]
    return ModelMetadata(
        name=model.id, versions=[model_version(model)], platform=PLATFORM, inputs=[image], outputs=outputs
    )


def check_outputs(predictor: Predictor, names: Sequence[str]) -> None:
    """Raise `InvalidInference` for a tensor that the model does not give."""
    known = _outputs_of(predictor)
    for name in names:
        if name not in known:
            raise InvalidInference(
                f"got output {name!r} of {predictor.manifest.id}, expected one of {', '.join(known)}"
            )


def output_tensors(predictor: Predictor, predictions: Sequence[Prediction], names: Sequence[str]) -> list[Tensor]:
    """What a model says of pictures, as the tensors of these names; all of the model's where there is no name."""
    answers = [prediction_response(prediction) for prediction in predictions]
    outputs = _outputs_of(predictor)
    return [_tensor(name, outputs[name], predictor.manifest, answers) for name in names or outputs]


def _tensor(name: str, output: _Rows | _Names, model: Manifest, answers: Sequence[PredictionResponse]) -> Tensor:
    shape = tuple(len(answers) if size == _PICTURES else size for size in output.shape(model))
    return Tensor(name, output.datatype, shape, output.values(answers))


def _outputs_of(predictor: Predictor) -> dict[str, _Rows | _Names]:
    parts = {None, *predictor.parts}
    return {name: output for name, output in _OUTPUTS.items() if output.part in parts}


def _size(model: Manifest, axis: Literal["K", "E"]) -> int:
    sizes = {"K": model.num_clusters, "E": model.num_experts}
    size = sizes[axis]
    assert size is not None, f"{model.id} has a part without names"
    return size
