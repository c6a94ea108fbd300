"""What Prometheus may ask: each app has its own registry, so two apps in one process share nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

METRICS_MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
Stage = Literal["decode", "distort", "queue", "predict", "record", "keep", "total"]

_STAGE_BUCKETS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_BATCH_BUCKETS: Final = (1, 4, 16, 64, 256, 1024)


class Metrics:
    """The counters and histograms of one app."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "ceniqa_http_requests",
            "Requests by route template and status.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._request_seconds = Histogram(
            "ceniqa_http_request_seconds", "Time to answer.", ("route",), registry=self.registry
        )
        self._stage_seconds = Histogram(
            "ceniqa_stage_seconds",
            "Time in one stage of an analysis.",
            ("stage",),
            buckets=_STAGE_BUCKETS_S,
            registry=self.registry,
        )
        self._batch_size = Histogram(
            "ceniqa_batch_size",
            "Pictures that came together.",
            buckets=_BATCH_BUCKETS,
            registry=self.registry,
        )
        self._decode_failures = Counter(
            "ceniqa_decode_failures", "Pictures refused, by code.", ("code",), registry=self.registry
        )
        self._storage_faults = Counter(
            "ceniqa_storage_faults", "Failures of the database or of files, by code.", ("code",), registry=self.registry
        )
        self._loads = Counter(
            "ceniqa_checkpoint_loads",
            "Checkpoint folders read, by outcome (loaded, refused).",
            ("checkpoint", "outcome"),
            registry=self.registry,
        )
        self._load_seconds = Gauge(
            "ceniqa_checkpoint_load_seconds",
            "Time that the newest reading of a checkpoint took.",
            ("checkpoint",),
            registry=self.registry,
        )
        self._children_replaced = Counter(
            "ceniqa_children_replaced", "Child processes replaced, by their work.", ("work",), registry=self.registry
        )
        self._pending_bytes = Gauge(
            "ceniqa_pending_pictures_bytes", "Uploads whose pictures wait to be written.", registry=self.registry
        )
        self._held_bytes = Gauge(
            "ceniqa_held_bytes", "What uploads hold of their budgets.", ("budget",), registry=self.registry
        )
        self._database_bytes = Gauge(
            "ceniqa_database_bytes", "Size of SQLite's files; 0 for another database.", registry=self.registry
        )
        self._admitted = Gauge("ceniqa_queue_depth", "Analyses in work or waiting.", registry=self.registry)
        self._open_batches = Gauge(
            "ceniqa_jobs_open", "Batches that arrive or have more to do.", registry=self.registry
        )
        self._batch_items = Counter(
            "ceniqa_job_items", "Pictures of batches that got a result, by state.", ("state",), registry=self.registry
        )

    def count_request(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request; `route` is a template, never a client's own path."""
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[Callable[[], float]]:
        """Time a stage; the value yields its seconds so far."""
        start = time.perf_counter()

        def elapsed() -> float:
            return time.perf_counter() - start

        yield elapsed
        self._stage_seconds.labels(stage).observe(elapsed())

    def observe_stage(self, stage: Stage, seconds: float) -> None:
        """Record a stage that was timed elsewhere."""
        self._stage_seconds.labels(stage).observe(seconds)

    def observe_batch(self, size: int) -> None:
        """Record how many pictures a batch or an inference request has."""
        self._batch_size.observe(size)

    def count_decode_failure(self, code: str) -> None:
        """Count a refused picture under the code that its client saw."""
        self._decode_failures.labels(code).inc()

    def count_storage_fault(self, code: str) -> None:
        """Count a failure of the database or of a file under the code of its answer."""
        self._storage_faults.labels(code).inc()

    def note_load(self, checkpoint: str, *, outcome: Literal["loaded", "refused"], seconds: float) -> None:
        """Record that a checkpoint's folder was read; its name is that of a folder of the operator."""
        self._loads.labels(checkpoint, outcome).inc()
        self._load_seconds.labels(checkpoint).set(seconds)

    def count_replaced_child(self, work: str) -> None:
        """Count a child process that was replaced, by its work: decode, encode, distort or unpack."""
        self._children_replaced.labels(work).inc()

    def watch_storage(self, *, pending_bytes: Callable[[], int], database_bytes: Callable[[], int]) -> None:
        """Ask for the pixels that wait to be written, and for the database's size, at every scrape."""
        self._pending_bytes.set_function(pending_bytes)
        self._database_bytes.set_function(database_bytes)

    def watch_budget(self, budget: Literal["bodies", "pixels", "batch_pixels"], held_bytes: Callable[[], int]) -> None:
        """Ask `held_bytes` for what is held of a budget at every scrape."""
        self._held_bytes.labels(budget).set_function(held_bytes)

    def watch_queue(self, depth: Callable[[], int]) -> None:
        """Ask `depth` for the number of admitted analyses at every scrape."""
        self._admitted.set_function(depth)

    def watch_batches(self, count: Callable[[], int]) -> None:
        """Ask `count` for the number of open batches at every scrape."""
        self._open_batches.set_function(count)

    def count_batch_item(self, state: Literal["scored", "refused"]) -> None:
        """Count a picture of a batch that got a result."""
        self._batch_items.labels(state).inc()

    def exposition(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)
