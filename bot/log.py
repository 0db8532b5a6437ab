"""What reaches the log: our own sentences whole; of everything else only what cannot hold a person's words.

aiogram puts whole updates into some messages and exceptions carry the text they choked on. So an exception is
written as its type and the lines of code it passed, never its message, and a foreign library's message as its
template, with nothing but numbers filled in.
"""

import logging
import re
import sys
import traceback
from pathlib import Path
from types import TracebackType

_OURS = "bot"
_ROOT = Path(__file__).resolve().parent.parent
_WARNED = re.compile(r"(.*?:\d+): (\w+):")
_ABOUT = re.compile(r"[\n<(]")  # asyncio fills its messages in itself: a result or an error is shown from here on
_GAP = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]")


class PrivateFormatter(logging.Formatter):
    """One line a record; the code's path of an exception below it."""

    def format(self, record: logging.LogRecord) -> str:
        """The record without a word that a person wrote."""
        message = _said(record)
        line = f"{self.formatTime(record, '%Y-%m-%d %H:%M:%S')} {record.levelname.lower()} {message}"
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + described(record.exc_info[1])
        return line


def _said(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] in (_OURS, "__main__"):
        return record.getMessage()
    if record.name == "py.warnings":  # comes filled in already, with what the warning is about
        found = _WARNED.match(str(record.msg))
        return f"Python warns: {found[2]} ({_place(found[1])})" if found else "Python warns"
    said = str(record.msg)
    return _GAP.sub("…", _ABOUT.split(said, maxsplit=1)[0].rstrip() if record.name == "asyncio" else said)


def described(error: BaseException) -> str:
    """An exception's types and code lines, causes first, without any message."""
    chain = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(f"  {_name(one)}\n{_path(one.__traceback__)}" for one in reversed(chain))


def _name(error: BaseException) -> str:
    """The type; with its message only where that is about our own code and cannot hold anybody's words."""
    return f"{type(error).__name__}: {error}" if isinstance(error, ImportError | SyntaxError) else type(error).__name__


def set_up(level: int = logging.INFO) -> None:
    """Everything to standard error, in the private form; foreign libraries from warnings up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PrivateFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(_OURS).setLevel(level)
    logging.captureWarnings(True)
    sys.excepthook = _hook


def _hook(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(_OURS).critical("the bot stopped on an error", exc_info=error)


def _path(trace: TracebackType | None) -> str:
    return "\n".join(
        f"    {frame.name} ({_place(f'{frame.filename}:{frame.lineno}')})" for frame in traceback.extract_tb(trace)
    )


def _place(file: str) -> str:
    """A line of code, without the folders of this machine."""
    inside = file.rpartition("site-packages/")[2]
    return inside.removeprefix(f"{_ROOT}/")
