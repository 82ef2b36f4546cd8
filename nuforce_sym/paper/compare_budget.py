"""A limit on the time and memory of a decision about foreign text: it runs in a process of its own, which can be ended."""

from __future__ import annotations

import math
import multiprocessing
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from nuforce_sym.errors import DimensionError, InputError, NotDerivable, NuforceError

_RAISED: dict[str, type[NuforceError]] = {kind.__name__: kind for kind in (InputError, DimensionError, NotDerivable)}


class OutOfBudget(NuforceError):
    """The decision took more time or memory than it was given."""


def within(function: Callable[..., Any], *arguments: Any, seconds: float, megabytes: int) -> Any:
    """Return function(*arguments), computed in another process.

    The time is that of the processor, so that the answer does not depend on what else runs; four times as long on the
    clock ends it as well.

    Raises:
        OutOfBudget: it took more than ``seconds`` of the processor, or ``megabytes`` more memory than this process has, or
            ended in an error that is none of ours; the message says which.
        NuforceError: what the function raised.
    """
    # a forked child starts at once; with threads about, a fork may deadlock and a fresh interpreter is started instead
    forkable = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    context: Any = multiprocessing.get_context("fork" if forkable else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(sender, function, arguments, seconds, megabytes), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(4 * seconds + 1):
            raise OutOfBudget(f"no decision within {seconds:g} s")
        try:
            kind, answer = receiver.recv()
        except EOFError:
            process.join()
            late = process.exitcode == -getattr(signal, "SIGXCPU", 24)
            raise OutOfBudget(f"no decision within {f'{seconds:g} s' if late else f'{megabytes} MB'}") from None
    finally:
        process.kill()
        process.join()
        process.close()
        receiver.close()
    if kind == "answer":
        return answer
    if kind in _RAISED:
        raise _RAISED[kind](answer)
    raise OutOfBudget(answer)


def _run(sender: Connection, function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float, megabytes: int) -> None:
    _limit(seconds, megabytes)
    try:
        sender.send(("answer", function(*arguments)))
    except NuforceError as error:
        sender.send((type(error).__name__, str(error)))
    except MemoryError:
        sender.send(("MemoryError", f"no decision within {megabytes} MB"))
    except RecursionError:
        sender.send(("RecursionError", "no decision: the formulas are nested too deeply"))
    except Exception as error:
        sender.send(("failure", f"no decision, because of an error in it: {type(error).__name__}: {error}"))
    finally:
        sender.close()


def _limit(seconds: float, megabytes: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        used = resource.getrusage(resource.RUSAGE_SELF)
        whole = math.ceil(used.ru_utime + used.ru_stime + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
