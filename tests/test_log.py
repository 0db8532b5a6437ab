"""The log holds our sentences and the paths of crashes, and no word of anybody."""

import asyncio
import gc
import io
import logging
import re
import sys
import warnings
from collections.abc import Iterator

import aiogram
import pytest
from pydantic import ValidationError

from bot.log import PrivateFormatter, set_up

SECRET = "Gulnora +77015550142"


def line(logger: str, message: str, *arguments: object, error: Exception | None = None) -> str:
    information = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(logger, logging.ERROR, "x.py", 1, message, arguments, information)
    return PrivateFormatter().format(record)


def test_our_own_sentence_stands_whole() -> None:
    assert line("bot.store", "the counters wait (%s)", "disk full").endswith("error the counters wait (disk full)")


def test_a_foreign_message_loses_what_was_filled_in() -> None:
    written = line("aiogram.dispatcher", "Failed to fetch updates - %s: %s", "ClientDecodeError", SECRET)

    assert written.endswith("Failed to fetch updates - …: …")


def test_what_stands_in_brackets_is_left_out_where_it_is_filled_in_already_and_only_there() -> None:
    assert line("aiogram.event", "Update id=%d is handled. (by %s)", 7, SECRET).endswith("handled. (by …)")
    assert line("asyncio", f"Task was destroyed <{SECRET}> (in {SECRET})").endswith("error Task was destroyed")


def test_an_exception_is_written_without_its_message_and_with_its_causes() -> None:
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as cause:
            raise RuntimeError(f"could not answer {SECRET}") from cause
    except RuntimeError as error:
        written = line("bot.telegram", "an update could not be answered", error=error)

    assert "Gulnora" not in written
    assert written.index("ValueError") < written.index("RuntimeError")
    assert "test_an_exception" in written


def test_a_line_begins_with_its_day_and_time_and_how_bad_it_is() -> None:
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d error it broke", line("__main__", "it %s", "broke"))


def test_each_crash_stands_on_lines_of_its_own_without_the_machines_folders() -> None:
    try:
        try:
            aiogram.types.Update.model_validate({"update_id": SECRET})
        except ValidationError:
            raise RuntimeError(SECRET)  # noqa: B904  # as code does that breaks while it mends
    except RuntimeError as error:
        written = line("bot.telegram", "an update could not be read", error=error).splitlines()

    own = r"    test_each_crash_\w+ \(tests/test_log.py:\d+\)"
    wanted = ["  ValidationError", own, r"    model_validate \(pydantic/main.py:\d+\)", "  RuntimeError", own]
    assert len(written) == 1 + len(wanted)
    assert all(re.fullmatch(one, found) for one, found in zip(wanted, written[1:], strict=True))


def test_a_cause_that_was_put_aside_is_not_written() -> None:
    try:
        try:
            raise ValueError(SECRET)
        except ValueError:
            raise RuntimeError from None
    except RuntimeError as error:
        written = line("bot.telegram", "an update could not be answered", error=error)

    assert "ValueError" not in written
    assert "RuntimeError" in written


def test_a_mistake_in_our_own_code_is_named_whole() -> None:
    written = line("bot", "the bot stopped on an error", error=ImportError("cannot import name 'x' from 'bot'"))

    assert written.splitlines()[1] == "  ImportError: cannot import name 'x' from 'bot'"


def test_a_warning_in_a_form_of_its_own_keeps_nothing() -> None:
    assert line("py.warnings", SECRET).endswith("error Python warns")


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written once the log is set up, whatever a library has set up before; put back afterwards."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before, level, own = root.handlers[:], root.level, ours.level
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root.handlers = [logging.StreamHandler(out)]
    root.setLevel(logging.DEBUG)
    set_up()
    yield out
    logging.captureWarnings(False)
    root.handlers = before
    root.setLevel(level)
    ours.setLevel(own)


def test_once_set_up_our_news_and_foreign_warnings_are_written_and_foreign_chatter_is_not(logged: io.StringIO) -> None:
    logging.getLogger("bot.store").info("the content is in force")
    logging.getLogger("bot.store").debug("a detail")
    logging.getLogger("aiogram").warning("slow %s", SECRET)
    logging.getLogger("aiogram").info("chatter")

    lines = logged.getvalue().splitlines()
    assert [one.split(" ", 2)[2] for one in lines] == ["info the content is in force", "warning slow …"]


def _break(_: object) -> None:
    raise KeyError(SECRET)


async def test_what_asyncio_says_of_a_task_and_a_callback_that_broke_holds_no_word(logged: io.StringIO) -> None:
    async def breaks() -> None:
        raise ValueError(SECRET)

    task = asyncio.create_task(breaks())
    await asyncio.wait([task])
    del task
    gc.collect()
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    answer.add_done_callback(_break)
    answer.set_result(SECRET)
    await asyncio.sleep(0)

    written = logged.getvalue()
    assert "error Task exception was never retrieved\n  ValueError\n" in written
    assert "error Exception in callback" in written
    assert "  KeyError\n" in written
    assert "Gulnora" not in written


def test_an_error_that_stops_the_bot_and_a_warning_of_python_are_written_without_their_words(
    logged: io.StringIO,
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(SECRET, UserWarning, stacklevel=1)
    sys.excepthook(ValueError, ValueError(SECRET), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    written = logged.getvalue()
    assert "critical the bot stopped on an error\n  ValueError" in written
    assert re.search(r"warning Python warns: UserWarning \(tests/test_log.py:\d+\)\n", written)
    assert "KeyboardInterrupt" not in written
    assert "Gulnora" not in written
