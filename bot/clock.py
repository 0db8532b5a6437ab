"""The time in Kazakhstan, by which facts change and days are counted."""

from datetime import date, datetime, timedelta, timezone

ALMATY = timezone(timedelta(hours=5))  # the one time zone of Kazakhstan since March 2024


def now() -> datetime:
    """This moment."""
    return datetime.now(ALMATY)


def today() -> date:
    """This day."""
    return now().date()
