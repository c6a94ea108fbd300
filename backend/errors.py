"""Every way in which a request can fail beside a picture that cannot be used (`models.images.ImageError`).

ServiceError
 +- ForeignHost 400          the Host header names a machine that we are not
 +- InvalidCursor 400
 +- MalformedForm 400        a multipart body that ends too early, or is none
 +- InvalidInference 400     what the Open Inference Protocol would not take
 +- TokenRefused 401
 +- ForeignOrigin 403        another site's page tries to write
 +- UnsupportedEncoding 415  a body that is compressed
 +- ReadOnly 403             a write to a service that only shows what it has
 +- NotFound 404
 |   +- UnknownAnalysis, UnknownCheckpoint, UnknownVersion, UnknownPrediction, PictureNotKept
 |   +- LocalQualityAbsent, UnknownDistortion, UnknownGrid
 |   +- UnknownMap, UnknownColumn, UnknownRow, UnknownSpace, UnknownImageSet, RefusedMap, PictureNotShared
 |   +- FiguresMissing, FiguresRefused
 |   +- UnknownFile          of a checkpoint
 |   +- UnknownBatch
 |   +- UnknownStudy, StudyUnfinished, UnknownPicture
 +- StaleDecision 409       of a picture that somebody else decided about meanwhile
 +- BatchTooLarge 413
 +- UnsupportedArchive 415   not a zip, encrypted, or in several files
 +- UnusableBatch 422
 |   +- EmptyBatch, BrokenArchive, InvalidBatch
 |   +- UnusableLabels       of a study
 |       +- LabelRangeUnknown, ImageColumnUnknown
 +- ClientLeft 499           nobody reads this answer; it is for the log and the metrics
 +- UnsoundPrediction 500    a predictor returned something that is not a finite number
 +- Overloaded 503           Busy, NotReady, StorageFull, StorageBusy, StorageFailed, StorageDamaged
 |   +- RateExceeded 429
 +- DeadlineExceeded 504

`backend.door.problems` turns each into an answer; `StartRefused` is none, it ends the program. This module stays light:
decode children load it, too.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar, Final

CLIENT_CLOSED_REQUEST: Final = 499


class StartRefused(Exception):
    """The service cannot start; the message is one sentence for its operator, and may name a path."""


class ServiceError(Exception):
    """A request that cannot be answered; the message is shown to the client, so it names no path of ours."""

    status: ClassVar[int] = HTTPStatus.INTERNAL_SERVER_ERROR
    code: ClassVar[str] = "internal-error"

    @property
    def headers(self) -> dict[str, str]:
        """Headers that the answer must carry."""
        return {}


class ForeignHost(ServiceError):
    """The Host header is missing, repeated, or not a name of this service."""

    status = HTTPStatus.BAD_REQUEST
    code = "foreign-host"


class InvalidCursor(ServiceError):
    """A list cursor that this service did not hand out."""

    status = HTTPStatus.BAD_REQUEST
    code = "invalid-cursor"


class MalformedForm(ServiceError):
    """A body that says that it is a form and cannot be read as one."""

    status = HTTPStatus.BAD_REQUEST
    code = "malformed-request"


class InvalidInference(ServiceError):
    """An inference request whose tensors are not what the model takes, or that cannot be read."""

    status = HTTPStatus.BAD_REQUEST
    code = "invalid-inference"


class TokenRefused(ServiceError):
    """The service wants a token and got none, or a wrong one."""

    status = HTTPStatus.UNAUTHORIZED
    code = "token-refused"

    @property
    def headers(self) -> dict[str, str]:
        """The scheme to use."""
        return {"WWW-Authenticate": "Bearer"}


class ForeignOrigin(ServiceError):
    """A page of another origin asked for a write."""

    status = HTTPStatus.FORBIDDEN
    code = "foreign-origin"


class UnsupportedEncoding(ServiceError):
    """A body in a content encoding that is not read."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "unsupported-encoding"


class ReadOnly(ServiceError):
    """This service only shows what it has."""

    status = HTTPStatus.FORBIDDEN
    code = "read-only"


class NotFound(ServiceError):
    """What the address or the body names does not exist."""

    status = HTTPStatus.NOT_FOUND
    code = "not-found"


class UnknownAnalysis(NotFound):
    """No analysis has this id, or its retention has ended."""

    code = "unknown-analysis"


class UnknownCheckpoint(NotFound):
    """No checkpoint that is served has this id."""

    code = "unknown-checkpoint"


class UnknownVersion(NotFound):
    """The checkpoint is served, but not with the weights that the version names."""

    code = "unknown-version"


class UnknownPrediction(NotFound):
    """The analysis exists, but was not scored under this checkpoint."""

    code = "unknown-prediction"


class PictureNotKept(NotFound):
    """The analysis exists, but its pixels were not kept (the service stopped before they were written)."""

    code = "picture-not-kept"


class LocalQualityAbsent(NotFound):
    """The checkpoint's variant cannot score windows of a picture."""

    code = "local-quality-absent"


class UnknownDistortion(NotFound):
    """The taxonomy has no distortion type of this name."""

    code = "unknown-distortion"


class UnknownGrid(NotFound):
    """There is no grid of two distortions of this name, or no such cell in it."""

    code = "unknown-grid"


class UnknownMap(NotFound):
    """The checkpoint has no map of this address, or none at all."""

    code = "unknown-map"


class RefusedMap(NotFound):
    """The map or image set is there, but stale or damaged, so that it must not be shown."""

    code = "map-refused"


class UnknownColumn(NotFound):
    """The map has no column of this name."""

    code = "unknown-column"


class UnknownRow(NotFound):
    """The map or image set has fewer pictures."""

    code = "unknown-row"


class UnknownSpace(NotFound):
    """The map has no such space to seek neighbours in."""

    code = "unknown-space"


class UnknownImageSet(NotFound):
    """No image set has this address."""

    code = "unknown-image-set"


class UnknownFile(NotFound):
    """The checkpoint's folder has no such file, or none that may be shown."""

    code = "unknown-file"


class PictureNotShared(NotFound):
    """The picture has a thumbnail only: its photograph may not be passed on."""

    code = "picture-not-shared"


class FiguresMissing(NotFound):
    """A file of measured figures is not there."""

    code = "figures-missing"


class FiguresRefused(NotFound):
    """A file of measured figures is there, but damaged, so that it must not be shown."""

    code = "figures-refused"


class UnknownBatch(NotFound):
    """No batch has this id, or its retention has ended."""

    code = "unknown-job"


class UnknownStudy(NotFound):
    """No study has this id, or its retention has ended."""

    code = "unknown-study"


class StudyUnfinished(NotFound):
    """The study is not done yet, or has come to nothing, so that what was asked for is not there."""

    code = "study-unfinished"


class UnknownPicture(NotFound):
    """The study has no such picture, or has no small copy of it since it cannot be read."""

    code = "unknown-picture"


class StaleDecision(ServiceError):
    """A decision that was to take the place of one which is no longer there."""

    status = HTTPStatus.CONFLICT
    code = "stale-decision"


class BatchTooLarge(ServiceError):
    """A batch or study with too many bytes or files, or that unpacks to too many, or one file that is too large."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "batch-too-large"


class UnsupportedArchive(ServiceError):
    """An archive of a kind that is not read: not a zip, encrypted, or in several files."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "unsupported-archive"


class UnusableBatch(ServiceError):
    """A batch that came completely and cannot be scored as a whole."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "unusable-batch"


class EmptyBatch(UnusableBatch):
    """A batch without a picture."""

    code = "empty-batch"


class BrokenArchive(UnusableBatch):
    """A zip that is damaged, or contradicts itself, or takes too long to unpack."""

    code = "broken-archive"


class InvalidBatch(UnusableBatch):
    """A form that asks for what does not go together, or has parts that no batch has."""

    code = "invalid-request"


class UnusableLabels(UnusableBatch):
    """A table of labels that cannot be taken as it stands."""

    code = "unusable-labels"


class LabelRangeUnknown(UnusableLabels):
    """A table of labels that may be on one range or another: its owner has to say which."""

    code = "label-range-unknown"


class ImageColumnUnknown(UnusableLabels):
    """A table of labels none of whose columns is known to name pictures: its owner has to say which."""

    code = "image-column-unknown"


class ClientLeft(ServiceError):
    """The client closed its connection before the answer was ready."""

    status = CLIENT_CLOSED_REQUEST  # nginx's number for it; HTTP has none
    code = "client-left"


class UnsoundPrediction(ServiceError):
    """A predictor returned NaN or infinity, which must never reach a client."""

    code = "unsound-prediction"


class Overloaded(ServiceError):
    """Not now; `retry_after_s` says when to try again."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "overloaded"

    def __init__(self, message: str, *, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s

    @property
    def headers(self) -> dict[str, str]:
        """When to try again, in seconds."""
        return {"Retry-After": str(self.retry_after_s)}


class RateExceeded(Overloaded):
    """One client asks more often than it may."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "rate-exceeded"


class Busy(Overloaded):
    """As many analyses or batches, or as many bytes of them, as allowed are in work or waiting."""

    code = "busy"


class NotReady(Overloaded):
    """The service cannot score yet, or no longer."""

    code = "not-ready"


class StorageFull(Overloaded):
    """There is no room for what a request would store, or for its body while it arrives."""

    code = "storage-full"


class StorageBusy(Overloaded):
    """Another process holds the database."""

    code = "storage-busy"


class StorageFailed(Overloaded):
    """The database or a file cannot be read or written, for a reason that may pass."""

    code = "storage-failed"


class StorageDamaged(Overloaded):
    """The database, or an entry in it, is not what was written; its operator has to act."""

    code = "storage-damaged"


class DeadlineExceeded(ServiceError):
    """Decoding and scoring took longer than they may."""

    status = HTTPStatus.GATEWAY_TIMEOUT
    code = "deadline-exceeded"
