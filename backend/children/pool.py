"""Children that decode: hostile bytes meet Pillow in small processes under limits, never in the service itself.

Each child is the one worker of its own pebble pool. With several workers in one pool, a killed one may take the
pipe's lock with it and stall the others, and a worker that dies while idle ends the whole pool; here either costs
one child, which is replaced.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import logging
import math
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool
from PIL import AvifImagePlugin, Image

from backend.children import archives, kept
from backend.children.archives import ArchiveLimits, Listing
from backend.children.kept import KeptPicture, Original
from backend.concurrency.thread_priority import lower_priority
from backend.errors import BrokenArchive, DeadlineExceeded, NotReady
from models import images
from models.images import DEFAULT_LIMITS, ImageError, ImageLimits, RGBImage, UnusableImage

if TYPE_CHECKING:
    from models.distortions.operations import Step  # only the child that distorts imports it

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TaskLimits:
    """CPU and wall time, in seconds, that one task may take."""

    cpu_s: int
    wall_s: float


DECODE_LIMITS: Final = TaskLimits(cpu_s=8, wall_s=12)
"""50 megapixels of HEIC take 4 s, and 6 s if they are tone-mapped, of a core whose neighbours are busy."""
ENCODE_LIMITS: Final = TaskLimits(cpu_s=30, wall_s=60)
"""Of pictures that decoded once within less: to encode 50 megapixels losslessly takes 5 s on an idle core."""
UNPACK_LIMITS: Final = TaskLimits(cpu_s=60, wall_s=180)
"""The largest archive takes some 8 s of a core, and longer where others use it, too."""
MEMORY_LIMIT_BYTES: Final = 2**30
"""Address space that a child may use beyond what it has when idle; 52 megapixels of WebP need 0.88 of it."""
DISTORT_MEMORY_BYTES: Final = 2**31
"""The same of the child that distorts, which works on planes of 32-bit numbers."""
_DISTORTING: Final = ("models.distortions.operations", "scipy.interpolate", "skimage.color.colorconv")
"""What that child imports before its memory is limited: their libraries take address space of their own.

`skimage.color` alone loads nothing. Its module inverts matrices, for which OpenBLAS takes its buffer, and later it asks
for one without end where there is no room.
"""

_START_S: Final = 10.0
"""How long a child may take to start until it is given up: one takes 0.4 s."""
_WATCH_S: Final = 0.5
"""How often it is looked whether a process at work still exists."""
_CANCEL_GRACE_S: Final = 0.3
"""How long a task may go on when nobody waits for it: most end sooner, and replacing a child costs as much CPU."""


@dataclass(frozen=True, eq=False)
class DistortedPicture:
    """A distorted picture, its pixels' SHA-256, and whether it differs from its original by rounding at most."""

    image: RGBImage
    sha256: str
    equals_original: bool


class DecodePool:
    """Decodes, keeps and distorts pictures in child processes, one task per child at a time.

    `children` decode; one more makes what is kept. One distorts and one unpacks archives once they were asked to.
    `note_replaced` hears the work (decode, encode, distort, unpack) of every child that was replaced.
    """

    def __init__(
        self,
        *,
        children: int = 2,
        image_limits: ImageLimits = DEFAULT_LIMITS,
        decode_limits: TaskLimits = DECODE_LIMITS,
        memory_bytes: int = MEMORY_LIMIT_BYTES,
        note_replaced: Callable[[str], None] = lambda _work: None,
    ) -> None:
        def child(work: str, memory_bytes: int, modules: tuple[str, ...] = ()) -> _Child:
            prepare = partial(_prepare_child, memory_bytes, modules, is_patient=work != "decode")
            return _Child(prepare, note_replaced=partial(note_replaced, work))

        self._decoding = _Lane([child("decode", memory_bytes) for _ in range(children)])
        # A child of its own: no client waits for what it does, and a large picture would hold up those who wait.
        self._keeping = _Lane([child("encode", memory_bytes)])
        # In a child, too: a denoised 50-megapixel picture takes a minute that only a killed process gives back.
        self._distorting = _Lane([child("distort", DISTORT_MEMORY_BYTES, _DISTORTING)])
        self._unpacking = _Lane([child("unpack", memory_bytes)])
        self._image_limits = image_limits
        self._decode_limits = decode_limits

    def start(self) -> None:
        """Start the children; a first task waits until one is up (0.4 s)."""
        self._decoding.start()
        self._keeping.start()
        self._distorting.open()
        self._unpacking.open()

    def prepare_distorting(self) -> None:
        """Start the child that distorts, without waiting for it: it holds 0.1 GB, so it is not there before."""
        self._distorting.wake()

    def close(self) -> None:
        """End the children and whatever they are doing."""
        self._decoding.stop()
        self._keeping.stop()
        self._distorting.stop()
        self._unpacking.stop()

    async def ready(self) -> bool:
        """Whether pictures are decoded: an idle child decodes a tiny one, busy ones are held to their limits."""
        if not self._decoding.has_idle:
            return self._decoding.is_busy
        try:
            await self._decoding.run(self._decode_limits, partial(images.decode, _tiny_picture()))
        except (ImageError, BrokenProcessPool) as error:
            _log.warning("decode children are not ready", exc_info=error)
            return False
        return True

    async def decode(self, data: bytes) -> RGBImage:
        """`models.images.decode` in a child.

        Raises `ImageError`, also where the picture takes more CPU or memory than allowed or ends the child,
        `DeadlineExceeded` where the machine is too busy, and `NotReady` where no child can be started.
        """
        decode = partial(images.decode, data, limits=self._image_limits)
        return await self._answer(self._decoding, self._decode_limits, decode)

    async def decode_kept(self, picture: bytes) -> RGBImage:
        """The pixels of a kept picture, which may have more bytes than an upload; raises as `decode`."""
        decode = partial(kept.decode_kept, picture, limits=self._image_limits)
        return await self._answer(self._decoding, ENCODE_LIMITS, decode)

    async def keep(self, original: Original) -> KeptPicture:
        """`backend.children.kept.keep` in a child; raises as `decode`."""
        return await self._answer(self._keeping, ENCODE_LIMITS, partial(kept.keep, original, limits=self._image_limits))

    async def distort(self, image: RGBImage, step: Step, *, name: str) -> DistortedPicture:
        """`models.distortions.operations.step_image` in a child; raises as `decode`."""
        distort = partial(_distort, image, step, name)
        return await self._answer(self._distorting, ENCODE_LIMITS, distort)

    async def list_archive(self, archive: Path, *, limits: ArchiveLimits, encoding: str | None = None) -> Listing:
        """`backend.children.archives.list_members` in a child; raises as that does."""
        return await self._unpack(partial(archives.list_members, archive, limits=limits, encoding=encoding))

    async def unpack_archive(
        self, archive: Path, folder: Path, *, limits: ArchiveLimits, encoding: str | None = None
    ) -> None:
        """`backend.children.archives.unpack` in a child; raises as that does."""
        await self._unpack(partial(archives.unpack, archive, folder, limits=limits, encoding=encoding))

    async def _unpack(self, function: Callable[[], _T]) -> _T:
        try:
            return await self._answer(self._unpacking, UNPACK_LIMITS, function)
        except (UnusableImage, DeadlineExceeded) as error:
            raise BrokenArchive(
                "got a zip that takes too much time or memory to unpack, expected a simpler one"
            ) from error

    async def _answer(self, lane: _Lane, limits: TaskLimits, function: Callable[[], _T]) -> _T:
        try:
            return await lane.run(limits, function)
        except BrokenProcessPool as error:
            raise NotReady("no decode process can be started; try again later") from error


class _Lane:
    """Children that take tasks of one kind, in the order in which they come."""

    def __init__(self, children: list[_Child]) -> None:
        self._children = children
        self._idle: asyncio.Queue[_Child] = asyncio.Queue()
        self._tasks: set[asyncio.Task[object]] = set()

    @property
    def has_idle(self) -> bool:
        """Whether a task would be taken at once."""
        return not self._idle.empty()

    @property
    def is_busy(self) -> bool:
        """Whether any task is at work."""
        return bool(self._tasks)

    def start(self) -> None:
        """Take tasks, and start the children without waiting for them."""
        self.open()
        self.wake()

    def open(self) -> None:
        """Take tasks; a child that was not started starts with its first."""
        for child in self._children:
            self._idle.put_nowait(child)

    def wake(self) -> None:
        """Start the children, without waiting for them."""
        for child in self._children:
            child.start()

    def stop(self) -> None:
        """End the children and whatever they are doing."""
        for task in self._tasks:
            task.cancel()
        for child in self._children:
            child.stop()

    async def run(self, limits: TaskLimits, function: Callable[[], _T]) -> _T:
        """Run a function in the next idle child; raises as `_Child.run`."""
        child = await self._idle.get()
        work = asyncio.create_task(self._run_on(child, limits, function))
        self._tasks.add(work)
        work.add_done_callback(self._tasks.discard)
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            asyncio.get_running_loop().call_later(_CANCEL_GRACE_S, work.cancel)
            raise

    async def _run_on(self, child: _Child, limits: TaskLimits, function: Callable[[], _T]) -> _T:
        try:
            return await child.run(limits, function)
        finally:
            self._idle.put_nowait(child)


class _Child:
    """One decode process, replaced whenever a task ends in another way than by returning or raising."""

    def __init__(self, prepare: Callable[[], None], *, note_replaced: Callable[[], None]) -> None:
        self._prepare = prepare
        self._note_replaced = note_replaced
        self._pool = self._new_pool()
        self._first_task: ProcessFuture[int] | None = None
        self._is_stopped = False

    def start(self) -> None:
        """Start the process, without waiting for it; a new one if this one died while idle."""
        try:
            self._first_task = self._pool.schedule(os.getpid)
        except RuntimeError:  # pebble's word for a pool whose process died while idle
            self._note_replaced()
            self._pool = self._new_pool()
            self._first_task = self._pool.schedule(os.getpid)

    def stop(self) -> None:
        """Kill the process and wait until it is gone (0.1 s, as it does not catch SIGTERM)."""
        self._is_stopped = True
        _stop(self._pool)

    async def run(self, limits: TaskLimits, function: Callable[[], _T]) -> _T:
        """Run a function in the process under limits, in a new process if this one died while idle.

        Raises what the function raises, `UnusableImage` where it breaks the limit on CPU or memory or the process,
        `DeadlineExceeded` where it takes too long all the same, and `BrokenProcessPool` where no process can be
        started.
        """
        try:
            return await self._attempt(limits, function)
        except BrokenProcessPool:
            _log.warning("a decode child that died while idle was replaced")
            return await self._attempt(limits, function)

    async def _attempt(self, limits: TaskLimits, function: Callable[[], _T]) -> _T:
        try:
            pid = await self._started()
            # A clock of ours: pebble's own timeout goes by the wall clock, which may jump.
            async with asyncio.timeout(limits.wall_s):
                return await _result(self._schedule(limits, function), pid)
        except (asyncio.CancelledError, BrokenProcessPool):
            await self._replace()
            raise
        except TimeoutError as error:
            await self._replace()
            # The picture's own work is bounded by the limit on CPU, which is lower: the rest was waiting for a core.
            raise DeadlineExceeded(
                f"got nothing from a child process after {limits.wall_s:g} s on a busy machine, expected its result; "
                "try again later"
            ) from error
        except ProcessExpired as error:
            await self._replace()
            raise _refusal(error, limits) from error
        except MemoryError as error:
            raise UnusableImage("out-of-memory", "got a picture that needs too much memory, expected less") from error

    async def _started(self) -> int:
        """Its process id, once there is a process."""
        if self._first_task is None:
            self.start()
        assert self._first_task is not None
        try:
            async with asyncio.timeout(_START_S):
                return await asyncio.shield(asyncio.wrap_future(self._first_task))
        except (TimeoutError, ProcessExpired) as error:
            raise BrokenProcessPool("got a decode process that did not start") from error

    def _schedule(self, limits: TaskLimits, function: Callable[[], _T]) -> ProcessFuture[_T]:
        try:
            return self._pool.schedule(_run_limited, (limits, function))
        except RuntimeError as error:  # pebble's word for a pool whose process died while idle
            raise BrokenProcessPool from error

    async def _replace(self) -> None:
        if self._is_stopped:
            return
        self._note_replaced()
        broken, self._pool = self._pool, self._new_pool()
        self.start()
        await asyncio.to_thread(_stop, broken)

    def _new_pool(self) -> ProcessPool:
        # Spawned, not forked: the service has torch and threads. A spawned process does not import
        # `backend.__main__` again, so it loads this module and nothing beside.
        spawn = multiprocessing.get_context("spawn")
        return ProcessPool(1, initializer=self._prepare, context=spawn)


async def _result(task: ProcessFuture[_T], pid: int) -> _T:
    """What a task returns or raises; `BrokenProcessPool` where its process is gone and pebble does not say so.

    Killed while idle, a process may take the pipe's lock with it, and pebble waits for it until the task is given up.
    """
    result = asyncio.wrap_future(task)
    try:
        while True:
            was_alive = _is_alive(pid)
            done, _ = await asyncio.wait({result}, timeout=_WATCH_S)
            if done:
                return result.result()
            if not was_alive:
                raise BrokenProcessPool("got a decode process that ended before its task")
    finally:
        result.cancel()


def _is_alive(pid: int) -> bool:
    try:
        facts = Path(f"/proc/{pid}/stat").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return facts.rpartition(b")")[2].split()[0] not in (b"Z", b"X")


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble annotates its futures, not this
    pool.join()


def _refusal(error: ProcessExpired, limits: TaskLimits) -> UnusableImage:
    if error.exitcode != -signal.SIGXCPU:
        return UnusableImage("decode-crashed", "got a picture on which the decoder crashed, expected one that decodes")
    return UnusableImage(
        "decode-timeout",
        f"got a picture that takes longer than {limits.cpu_s} s of CPU, expected a simpler one",
    )


# --- Inside the child -----------------------------------------------------------------------------------------------
#
# Results come back pickled through the pipe: 1 ms for 512 x 384, 0.1 s for 12 megapixels, a third of what decoding
# them takes. Shared memory would halve that, but a killed child leaves its segment behind, and containers have 64 MB.


def _prepare_child(memory_bytes: int, modules: tuple[str, ...], *, is_patient: bool) -> None:
    # What libraries in C print of a picture is text of the picture, and would stand in the log unescaped.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a Python handler would wait for the decoder to return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if is_patient:  # decoding is not: its clock runs on a busy machine, too
        lower_priority()
    # Where memory runs out, the kernel ends a child, which is replaced, and not the service.
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    # One thread: one for each core would take CPU from scoring, and stacks and arenas from the address space.
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    for module in modules:
        importlib.import_module(module)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    _set_soft_limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory_bytes)


def _run_limited(limits: TaskLimits, function: Callable[[], _T]) -> _T:
    # The limit counts CPU from the start of the process, so it moves on with each task.
    _set_soft_limit(resource.RLIMIT_CPU, math.ceil(time.process_time()) + limits.cpu_s)
    return function()


def _set_soft_limit(kind: int, value: int) -> None:
    resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))


def _distort(image: RGBImage, step: Step, name: str) -> DistortedPicture:
    import cv2  # not above, as the next: only the child that distorts has these

    from models.distortions.operations import equals_reference, step_image

    try:
        distorted = step_image(image, step, name=name)
        equals_original = equals_reference(distorted.pixels_HWC, image.pixels_HWC)
    except cv2.error as error:
        if error.code == cv2.Error.STS_NO_MEM:
            raise MemoryError from error
        raise
    return DistortedPicture(distorted, hashlib.sha256(distorted.pixels_HWC.tobytes()).hexdigest(), equals_original)


@cache
def _tiny_picture() -> bytes:
    buffer = BytesIO()
    side_px = DEFAULT_LIMITS.min_shorter_side_px
    Image.new("RGB", (side_px, side_px)).save(buffer, "PNG")
    return buffer.getvalue()
