"""What an operator may set; the only module that reads the environment."""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from models.images import DEFAULT_LIMITS

_ROOT: Final = Path(__file__).resolve().parent.parent
_MEBIBYTE: Final = 1024**2
_MOST_THREADS: Final = 8
_RATE: Final = re.compile(r"[1-9]\d{0,5}/(second|minute|hour)")
_DEVICE: Final = re.compile(r"auto|cpu|cuda(:\d+)?")


def _plain_or_prefixed(name: str) -> AliasChoices:
    """A variable that is also read without the prefix: `CENIQA_HOST`, else `HOST`."""
    return AliasChoices(f"CENIQA_{name}", name)


def is_loopback(host: str) -> bool:
    """Whether a bind address is reachable from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


class Settings(BaseSettings):
    """Every setting of the service; a variable is its name in capitals after `CENIQA_`.

    `HOST`, `PORT` and `TRUSTED_LOOPBACK_PUBLISH` are read without the prefix, too. Raises `ValidationError`
    for a value out of its range, and for a bind address that others can reach without a token.
    """

    model_config = SettingsConfigDict(
        env_prefix="CENIQA_", frozen=True, validate_by_name=True, validate_by_alias=True, hide_input_in_errors=True
    )

    host: str = Field(default="127.0.0.1", validation_alias=_plain_or_prefixed("HOST"))
    port: int = Field(default=8000, ge=0, le=65535, validation_alias=_plain_or_prefixed("PORT"))
    trusted_loopback_publish: bool = Field(
        default=False,
        validation_alias=_plain_or_prefixed("TRUSTED_LOOPBACK_PUBLISH"),
        description="Says that a container's port is published on the host's loopback only; waives the token.",
    )
    token: SecretStr | None = Field(default=None, min_length=16, description="What every client must show, if set.")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("localhost", "127.0.0.1", "[::1]"),
        description="Host names that requests may use, separated by commas.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Addresses or networks, separated by commas, whose X-Forwarded-Proto and -For are believed.",
    )

    checkpoints_dir: Path = _ROOT / "checkpoints"
    data_dir: Path = Field(default=_ROOT / "data", description="Where the database, pictures and thumbnails lie.")
    database_url: str | None = Field(default=None, description="SQLAlchemy URL; default: SQLite in the data folder.")
    frontend_dir: Path = _ROOT / "frontend"
    device: str = Field(default="auto", description="Where predictors run: auto, cpu, cuda or cuda:N.")

    retention_max_age_days: float = Field(
        default=30, gt=0, le=36500, description="Analyses, batches and studies older than this are deleted."
    )
    retention_max_bytes: int = Field(
        default=2048 * _MEBIBYTE, gt=0, description="Kept pictures beyond this: oldest go first."
    )
    retention_interval_s: float = Field(default=600, gt=0)

    queue_length: int = Field(default=32, ge=1, description="Analyses in work or waiting; one more is answered 503.")
    max_bodies_bytes: int = Field(
        default=256 * _MEBIBYTE,
        ge=32 * _MEBIBYTE,
        description="Bodies of uploads that arrive or are in work, together; beyond it, 503.",
    )
    max_pixels_bytes: int = Field(
        default=384 * _MEBIBYTE,
        ge=150 * _MEBIBYTE,
        description="Decoded pixels of analyses in work, together; beyond it, 503.",
    )
    inference_threads: int | None = Field(
        default=None,
        ge=1,
        le=64,
        description="Pictures that are scored at once, each on one core; by default as many as cores, at most 8.",
    )
    deadline_s: float = Field(default=30, gt=0, description="Longest time to decode and score a picture before 504.")
    decode_children: int = Field(default=2, ge=1, le=16)
    max_upload_bytes: int = Field(default=DEFAULT_LIMITS.max_bytes, ge=1, le=DEFAULT_LIMITS.max_bytes)
    max_pending_bytes: int = Field(
        default=128 * _MEBIBYTE,
        ge=1,
        description="Uploads that may wait for their pictures to be written; beyond it, answers wait.",
    )

    max_batch_bytes: int = Field(default=512 * _MEBIBYTE, ge=_MEBIBYTE, description="Body of one batch; beyond, 413.")
    max_batch_files: int = Field(default=2000, ge=1, description="Pictures of one batch; beyond it, 413.")
    max_unpacked_bytes: int = Field(
        default=1024 * _MEBIBYTE, ge=_MEBIBYTE, description="What a batch's zip may unpack to; beyond it, 413."
    )
    max_jobs_bytes: int = Field(
        default=2048 * _MEBIBYTE,
        description="Pictures of all batches that have more to do, on disk; beyond it, 503.",
    )
    max_open_jobs: int = Field(default=100, ge=1, description="Batches that have more to do; one more is answered 503.")

    max_study_bytes: int = Field(
        default=4096 * _MEBIBYTE,
        ge=_MEBIBYTE,
        description="Body of one study, and what its zip unpacks to; beyond, 413.",
    )
    max_study_files: int = Field(default=20_000, ge=1, description="Pictures of one study; beyond it, 413.")
    max_study_inputs_bytes: int = Field(
        default=12288 * _MEBIBYTE,
        description="Pictures of all studies that have more to do, on disk; beyond it, 503.",
    )
    max_open_studies: int = Field(default=20, ge=1, description="Studies that have more to do; one more, 503.")
    max_studies_bytes: int = Field(
        default=4096 * _MEBIBYTE, gt=0, description="What finished studies keep beyond this: oldest go first."
    )

    read_only: bool = Field(
        default=False, description="1: what the data folder holds is shown, and nothing is stored or deleted."
    )
    header_timeout_s: float = Field(default=15, gt=0, description="Longest time for a request's headers to arrive.")
    body_timeout_s: float = Field(default=60, gt=0, description="Longest time for a request's body to arrive.")
    drain_timeout_s: int = Field(
        default=20, ge=4, description="Longest time to shut down: accepted requests, then their pictures."
    )
    rate_limit: str | None = Field(default=None, description="Requests that one client may make, such as 120/minute.")
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return _listed(value.lower())
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split_proxies(cls, value: object) -> object:
        return _listed(value) if isinstance(value, str) else value

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in value:
            try:
                ipaddress.ip_network(proxy)
            except ValueError:
                raise ValueError(f"got proxy {proxy!r}, expected an address or a network") from None
        return value

    @field_validator("rate_limit")
    @classmethod
    def _check_rate(cls, value: str | None) -> str | None:
        if value is not None and not _RATE.fullmatch(value):
            raise ValueError(f"got rate {value!r}, expected one such as 120/minute, in second, minute or hour")
        return value

    @field_validator("device")
    @classmethod
    def _check_device(cls, value: str) -> str:
        if not _DEVICE.fullmatch(value):
            raise ValueError(f"got device {value!r}, expected auto, cpu, cuda or cuda:N")
        return value

    @model_validator(mode="after")
    def _refuse_open_doors(self) -> Self:
        if not is_loopback(self.host) and self.token is None and not self.trusted_loopback_publish:
            raise ValueError(
                f"got bind address {self.host} without a token, expected a loopback address, CENIQA_TOKEN, "
                "or TRUSTED_LOOPBACK_PUBLISH=1 where the port is published on loopback only"
            )
        return self

    @model_validator(mode="after")
    def _leave_room_for_a_batch(self) -> Self:
        # Else a large batch would be told to come back later for ever.
        needed = self.max_batch_bytes + self.max_unpacked_bytes
        if self.max_jobs_bytes < needed:
            raise ValueError(
                f"got CENIQA_MAX_JOBS_BYTES={self.max_jobs_bytes}, expected at least {needed}: "
                "what CENIQA_MAX_BATCH_BYTES and CENIQA_MAX_UNPACKED_BYTES allow for one batch"
            )
        return self

    @model_validator(mode="after")
    def _leave_room_for_a_study(self) -> Self:
        if self.max_study_inputs_bytes < 2 * self.max_study_bytes:
            raise ValueError(
                f"got CENIQA_MAX_STUDY_INPUTS_BYTES={self.max_study_inputs_bytes}, expected at least twice "
                f"CENIQA_MAX_STUDY_BYTES={self.max_study_bytes}: a study's zip and what it unpacks to"
            )
        return self

    @property
    def request_drain_s(self) -> int:
        """The part of the drain in which accepted requests are answered."""
        return self.drain_timeout_s * 3 // 4

    @property
    def write_drain_s(self) -> int:
        """The rest of the drain, in which pictures of answered uploads are written."""
        return self.drain_timeout_s - self.request_drain_s

    @property
    def resolved_inference_threads(self) -> int:
        """As many as are set, else one for each core that may be used, at most eight."""
        return self.inference_threads or min(_MOST_THREADS, len(os.sched_getaffinity(0)))

    @property
    def resolved_database_url(self) -> str:
        """The database to open: the one that is set, else SQLite in the data folder."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'ceniqa.sqlite3').resolve()}"


def give_torch_one_thread() -> None:
    """Unless the environment says otherwise; to be called before torch is imported.

    It only runs heads here, which are too small for a second thread: it would take the core that the graph runs on.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
