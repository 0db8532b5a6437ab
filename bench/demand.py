"""`python -m bench demand`: the page of demand over ten years of counters and a million rows."""

import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from bot import content, locales
from bot.app import spellings
from bot.charts.plots import to_plot_svg
from bot.demand import Source
from bot.demand.figures import Figures
from bot.demand.overview import overview
from bot.demand.simulate import NOTE, Course, simulate
from bot.demand.table import Choice, names_of, plot
from bot.demand.tables import tables
from bot.settings import ROOT
from bot.store import write_made_up

TODAY = date(2026, 11, 22)


def main(years: int = 10, people_a_day: float = 260) -> int:
    """Print what each step takes, once."""
    library = locales.load(ROOT / "locales")
    found, phrases = content.load(ROOT / "content", spellings(library)), locales.load(ROOT / "locales", locales.DESK)
    names = names_of(found, phrases, "ru")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.db"
        course = Course(years, TODAY, people_a_day=people_a_day)
        regions = [one for one in found.regions if one != "all"]
        rows = write_made_up(path, NOTE, simulate(course, list(found.topics), regions))
        print(f"{rows} rows of demand in {years} years, {path.stat().st_size / 1e6:.0f} MB")
        source = Source(f"sqlite:///{path}", 5, 400, Path(folder) / "cache")
        _timed("first time, every week decided", lambda: Figures(source).release(found.topics, TODAY))
        figures = Figures(source)
        _timed("after a start, decisions read", lambda: figures.release(found.topics, TODAY))
        choices = (Choice(), Choice(month="2024-03"), Choice(month="2019-07", quarter="2025-Q4"))
        for number, choice in enumerate(choices):

            def page(choice: Choice = choice) -> list[str]:
                release = figures.release(found.topics, TODAY)
                overview(release, names)
                return [to_plot_svg(plot(table)) for table in tables(release, names, choice)]

            _timed(f"page {number + 1}, never drawn before", page)
            figures.made(number, page)
            _timed(f"page {number + 1}, once more", partial(figures.made, number, page))
    return 0


def _timed(what: str, work: Callable[[], object]) -> None:
    begun, used = time.perf_counter(), time.process_time()
    work()
    spent = 1000 * (time.process_time() - used)
    print(f"{what:36} {1000 * (time.perf_counter() - begun):9.1f} ms, of the processor {spent:9.1f} ms")
