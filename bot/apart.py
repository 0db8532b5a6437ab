"""Work done in a process of its own: what is heavy must not hold up an answer, what is hostile must not hurt us."""

import os
import resource
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from bot.sentence import Sentence

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

MEGABYTE = 1024 * 1024
_PATIENCE = 5  # of nice: whoever waits for an answer goes first


class Failed(Exception):  # what happened, not a name for a thing
    """The work broke, took too long or asked for too much memory; `what` says which."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def apart(work: Callable[..., T], *given: object, megabytes: int = 2048, seconds: float = 120) -> T:
    """Do `work(*given)` in a fresh process and give back what it returned; raises Failed.

    The work is a function of a module, and what goes in and out can be pickled. Call it from a thread.
    """
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, work, given, megabytes), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise Failed(Sentence("it took too long"))
        is_done, result = ours.recv()
    except EOFError:
        raise Failed(Sentence("it ended without a word, perhaps for want of memory")) from None
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if not is_done:
        raise Failed(str(result))
    return result  # type: ignore[no-any-return]  # what `work` returned, by way of a pipe


def _work(pipe: "Connection", work: Callable[..., Any], given: tuple[object, ...], megabytes: int) -> None:
    os.nice(_PATIENCE)
    limit = megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        pipe.send((True, work(*given)))
    except BaseException as error:
        pipe.send((False, f"{type(error).__name__}: {error}"))
