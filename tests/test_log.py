"""The log holds our sentences and the paths of crashes, and no word of anybody."""

import logging

from bot.log import PrivateFormatter

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
