"""How well questions are understood: right topics, sure answers, languages, calls for help, time and memory."""

import gc
import resource
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter

from bench import sib200
from bench.questions import Questions, read
from bot import content, locales
from bot.content import Content, Spelling
from bot.matching import Match, Matcher, build
from bot.settings import ROOT


def main(splits: Sequence[str]) -> int:
    """Print everything; the exit code says whether a floor was missed."""
    real = load_content()
    begin = perf_counter()
    matcher = build(real)
    print(f"learning anew          {perf_counter() - begin:5.2f} s   goal under 1.50")
    _print_reload(real)
    for split in splits:
        _print_split(split, read(split), matcher)
    return sib200.main()


def load_content() -> Content:
    """The content of this repository, in every language and script there is."""
    languages = locales.load(ROOT / "locales")
    spellings = {one.code: Spelling(one.code, one.cldr, one.spelled_from, one.respell) for one in languages}
    return content.load(ROOT / "content", spellings)


def _print_reload(real: Content) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build(real, Path(folder))
        gc.collect()
        before, begin = _resident(), perf_counter()
        kept = build(real, Path(folder))
        took = perf_counter() - begin
        gc.collect()
        print(f"from the cache         {took:5.2f} s")
        print(
            f"memory of a matcher    {_resident() - before:5.1f} MiB goal at most 25 (peak {_peak():.0f} MiB with Python and all content)"
        )
        del kept


def _print_split(split: str, sets: Sequence[Questions], matcher: Matcher) -> None:
    if not sets:
        return
    print(f"\n{split}: per cent; goals in the last line")
    print("          topics          confident         language        danger          near   out of scope  asked")
    print("          top-1  top-3   share  right    own  answer   screen  or line    miss   confident     flagged")
    everything = _Tally()
    confused: Counter[tuple[str, str]] = Counter()
    for one in sets:
        tally = _Tally()
        tally.take(one, matcher, confused)
        everything.add(tally)
        print(f"{one.language:9} {tally}")
    print(f"{'all':9} {everything}")
    print("goal       90.0   97.0    65.0   97.0   98.0    98.0     97.0     99.5     8.0         2.0           -")
    print(
        "worst confusions: "
        + "; ".join(f"{right} -> {said} ({count})" for (right, said), count in confused.most_common(8))
    )
    _print_times(sets, matcher)


class _Tally:
    """Counts of right answers out of all, by what is counted."""

    def __init__(self) -> None:
        self.good: Counter[str] = Counter()
        self.all: Counter[str] = Counter()

    def take(self, one: Questions, matcher: Matcher, confused: Counter[tuple[str, str]]) -> None:
        for topic, question in (*one.asked, *one.near_misses):
            match = matcher.match(question)
            ids = [id for id, _ in match.topics]
            if ids and ids[0] != topic:
                confused[topic, ids[0]] += 1
            self._topic(match, ids, topic)
            if len(question.split()) >= 3:
                self._count("own", match.language == one.language)
                self._count("answer", matcher.match(question, "ru").answer_language[:2] == one.language)
        for _, question in one.asked:
            self._count("flagged", matcher.match(question).urgent)
        for message in one.danger:
            match = matcher.match(message)
            self._count("screen", match.urgent)
            self._count("line", match.urgent or match.line)
        for _, question in one.near_misses:
            self._count("near", matcher.match(question).urgent)
        for message in one.out_of_scope:
            self._count("out", matcher.match(message).answer == "confident")

    def _topic(self, match: Match, ids: Sequence[str], topic: str) -> None:
        self._count("top1", ids[:1] == [topic])
        self._count("top3", topic in ids[:3])
        self._count("share", match.answer == "confident")
        if match.answer == "confident":
            self._count("right", ids[0] == topic)

    def _count(self, what: str, is_good: bool) -> None:
        self.all[what] += 1
        self.good[what] += is_good

    def add(self, other: "_Tally") -> None:
        self.good += other.good
        self.all += other.all

    def __str__(self) -> str:
        widths = {
            "top1": 6, "top3": 6, "share": 7, "right": 6, "own": 6, "answer": 7, "screen": 8, "line": 8, "near": 7, "out": 11, "flagged": 11,
        }  # fmt: skip
        return " ".join(f"{self._share(what):{width}.1f}" for what, width in widths.items())

    def _share(self, what: str) -> float:
        return 100 * self.good[what] / self.all[what] if self.all[what] else float("nan")


def _print_times(sets: Iterable[Questions], matcher: Matcher) -> None:
    asked = [question for one in sets for _, question in one.asked] * 3
    times = []
    for question in asked:
        begin = perf_counter()
        matcher.match(question)
        times.append(1000 * (perf_counter() - begin))
    times.sort()
    print(
        f"one question: p50 {times[len(times) // 2]:.2f} ms (goal 0.30), p99 {times[len(times) * 99 // 100]:.2f} ms (goal 2.00)"
    )


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if Path("/proc/self/statm").exists() else 0
    return pages * resource.getpagesize() / 2**20


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
