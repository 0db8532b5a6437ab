"""Working days of Kazakhstan: weekends, public holidays, and the days an order of the Government has moved.

The calendar is that of the library `holidays`, taken up when first asked: most people never ask. Its is_working_day
knows weekends that are worked. It is compared with published calendars in our tests; the days moved in a year to come
are ordered late, and the days of religious feasts can shift.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache


def working_day(start: date, count: int, is_start_counted: bool) -> date:
    """The day on which so many working days have been reached."""
    day, left = start, count
    if is_start_counted and is_working_day(day):
        left -= 1
    while left > 0:
        day += timedelta(1)
        left -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether offices in Kazakhstan work on a day."""
    return _calendar()(day)


@cache
def _calendar() -> Callable[[date], bool]:
    from holidays import country_holidays

    return country_holidays("KZ").is_working_day
