"""The same work on many names, in several processes where there is more than one processor.

Results come back in the order of the names, whatever the order in which they were done, and a failure is raised as it
would be without processes.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
Listener = Callable[[str], None]
Work = Callable[[str, Listener], T]

_told: Any = None


def workers() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(names: Sequence[str], work: Work[T], listener: Listener, *, cost: Callable[[str], int]) -> list[T]:
    """Return ``work(name, listener)`` for every name; ``work`` and what it returns must be picklable.

    Where there are several processes the names of the highest ``cost`` are begun first, so that none is left to the end.
    What the work tells its listener is passed on line by line, from whichever process it comes.
    """
    count = min(workers(), len(names))
    if count < 2:
        return [work(name, listener) for name in names]
    context = get_context("spawn")
    lines = context.Queue()
    pool = ProcessPoolExecutor(count, context, initializer=_listen, initargs=(lines,))
    stop = threading.Event()
    teller = threading.Thread(target=_pass_on, args=(lines, listener, stop), daemon=True)
    teller.start()
    try:
        futures = {pool.submit(_call, work, name): name for name in sorted(names, key=cost, reverse=True)}
        done = {futures[future]: future.result() for future in as_completed(futures)}
    finally:
        pool.shutdown(cancel_futures=True)
        stop.set()
        teller.join()
    return [done[name] for name in names]


def _listen(lines: Any) -> None:
    global _told  # noqa: PLW0603 - the one variable of a worker process, set once when it starts
    _told = lines


def _call(work: Work[T], name: str) -> T:
    return work(name, _told.put)


def _pass_on(lines: Any, listener: Listener, stop: threading.Event) -> None:
    while True:
        try:
            listener(lines.get(timeout=0.05))
        except queue.Empty:
            if stop.is_set():
                return
