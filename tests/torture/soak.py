"""Everything that people do, for minutes: memory and descriptors stay where they are, answers as quick as before."""

from __future__ import annotations

from tests.benchmarks.pictures import photograph
from tests.benchmarks.service.load import Answers, closed_loop, get_request, median_s, upload_request
from tests.benchmarks.service.server import Server, serving
from tests.images.corpus import CORPUS
from tests.torture.overload import SERVED, UPLOADS
from tests.torture.promises import Findings, at_most, none_of

WARM_UP_S = 30.0
PAGES = ("/", "/map", "/experts", "/compare", "/lab", "/lab/mixed", "/variants", "/analyses", "/batches")
LISTS = ("/api/v1/analyses?limit=100", "/api/v1/checkpoints", "/api/v1/jobs", "/readyz", "/metrics")
MIB = 2**20


def run(*, seconds: float = 180.0) -> Findings:
    """Six clients: good and hostile uploads, pages, lists."""
    with serving(CENIQA_RETENTION_INTERVAL_S="10", CENIQA_RETENTION_MAX_BYTES=str(64 * MIB)) as server:
        requests = _requests(server)
        closed_loop(server.origin, requests, clients=6, seconds=WARM_UP_S)
        before_bytes, before_files = server.tree_bytes(), server.open_files()
        thirds = [closed_loop(server.origin, requests, clients=6, seconds=seconds / 3) for _ in range(3)]
        server.wait_until_written()
        answers = [answer for third in thirds for answer in third]
        yield none_of("Answers of 5xx other than 503, or none", sum(_is_fault(a.status) for a in answers), len(answers))
        yield at_most("Memory gained", (server.tree_bytes() - before_bytes) / MIB, 150, "MiB")
        yield at_most("Descriptors gained", server.open_files() - before_files, 20, "descriptors")
        yield at_most("Median upload, last third against first", _median(thirds[2]) / _median(thirds[0]), 1.25, "x")
        yield at_most("Threads at the end", _threads(server), 100, "threads")


def _requests(server: Server) -> list[bytes]:
    origin = server.origin
    good = upload_request(origin, UPLOADS, photograph())
    hostile = [upload_request(origin, UPLOADS, sample.data) for sample in CORPUS if len(sample.data) < MIB]
    reads = [get_request(origin, path) for path in (*PAGES, *LISTS)]
    mixed = []
    for number, request in enumerate(hostile):
        mixed += [good, reads[number % len(reads)], good, request]
    return mixed


def _is_fault(status: int) -> bool:
    return status == 0 or (status >= 500 and status != 503)


def _median(answers: Answers) -> float:
    return median_s(answers.of(SERVED))


def _threads(server: Server) -> int:
    with open(f"/proc/{server.pid}/status", encoding="ascii") as status:  # noqa: PTH123 - not a file of anybody's
        return next(int(line.split()[1]) for line in status if line.startswith("Threads:"))
