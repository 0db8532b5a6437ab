"""How well questions are understood: right topics, sure answers, languages, calls for help, time and memory."""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from bench import sib200
from bench.goals import GOALS, is_missed
from bench.questions import Questions, read
from bot import content, locales
from bot.content import Content, Spelling
from bot.matching import Match, Matcher, build
from bot.settings import ROOT

HELD = "held"  # the name of a split that is made of the examples themselves
_PARTS = 4


def main(splits: Sequence[str]) -> int:
    """Print everything; the exit code says whether a floor was missed."""
    real = load_content()
    begin = perf_counter()
    matcher = build(real)
    print(f"learning anew   {perf_counter() - begin:6.2f} s    goal under 1.50")
    _print_start()
    for split in splits:
        if split == HELD:
            _print_figures(f"{HELD} out: examples asked of a bot that learned the others", held(real))
        else:
            sets = read(split)
            _print_figures(split, [(one, matcher) for one in sets])
            _print_times(sets, matcher)
    return sib200.main()


def load_content() -> Content:
    """The content of this repository, in every language and script there is."""
    languages = locales.load(ROOT / "locales")
    spellings = {one.code: Spelling(one.code, one.cldr, one.spelled_from, one.respell) for one in languages}
    return content.load(ROOT / "content", spellings)


def _print_start() -> None:
    """What a start costs in a process of its own: learning, and again from the cache."""
    with tempfile.TemporaryDirectory() as folder:
        for what in ("learned", "from the cache"):
            code = f"from bench.matching import measure_start; measure_start({folder!r})"
            told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
            print(f"{what:15} {told.stdout.strip()}")


def measure_start(folder: str) -> None:
    """Print the time and memory of a matcher in this process, on top of the content."""
    import numpy  # noqa: F401  # its memory is not the matcher's

    real = load_content()
    before, begin = _memory("VmRSS"), perf_counter()
    matcher = build(real, Path(folder))
    took = perf_counter() - begin
    matcher.match("где регистрация")
    stays, peak = _memory("VmRSS") - before, _memory("VmHWM") - before
    print(f"{took:6.2f} s    {stays:5.1f} MiB stay, {peak:5.1f} at most    goal at most 25")


def _memory(name: str) -> float:
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)


def held(real: Content) -> Iterator[tuple[Questions, Matcher]]:
    """Each quarter of the example questions, and a matcher that did not learn it."""
    for quarter in range(_PARTS):
        texts = {
            key: replace(text, asked=tuple(one for at, one in enumerate(text.asked) if at % _PARTS != quarter))
            for key, text in real.texts.items()
        }
        matcher = build(replace(real, texts=texts))
        for language, spelling in real.spellings.items():
            asked = tuple(
                (id, one)
                for (id, code), text in real.texts.items()
                if code == language and spelling.source is None and "/" in id
                for one in text.asked[quarter::_PARTS]
            )
            if asked:
                yield Questions(language, asked, (), (), ()), matcher


def _print_figures(title: str, sets: Iterable[tuple[Questions, Matcher]]) -> None:
    tallies: dict[str, _Tally] = {}
    scripts: dict[str, _Tally] = {}
    everything, confused = _Tally(), Counter[tuple[str, str]]()
    for one, matcher in sets:
        tally = _Tally()
        tally.take(one, matcher, confused, scripts)
        tallies.setdefault(one.language, _Tally()).add(tally)
        everything.add(tally)
    if not tallies:
        return
    print(f"\n{title}: per cent")
    print("      right topic    sure answers      language         danger         near    out of   plain")
    print("      first  in 3   share  right    own  answer   screen  or line    miss     scope   asked")
    for language, tally in sorted(tallies.items()):
        print(f"{language:5} {tally}")
    print(f"all   {everything}")
    print("goal  " + " ".join(f"{GOALS[what]:{width}.1f}" for what, width in _WIDTHS.items() if what in GOALS))
    if missed := everything.missed():
        print(f"below its goal: {', '.join(missed)}")
    parts = (f"{name} {tally.topics()} of {tally.all['first']}" for name, tally in sorted(scripts.items()))
    print(f"by language and script, first and in 3 (least 85.0 94.0): {'; '.join(parts)}")
    worst = (f"{right} -> {said} ({count})" for (right, said), count in confused.most_common(12))
    print(f"worst confusions: {'; '.join(worst)}")


class _Tally:
    """Counts of right answers out of all, by what is counted."""

    def __init__(self) -> None:
        self.good: Counter[str] = Counter()
        self.all: Counter[str] = Counter()

    def take(
        self, one: Questions, matcher: Matcher, confused: Counter[tuple[str, str]], scripts: "dict[str, _Tally]"
    ) -> None:
        """Count one language of one split; `scripts` get the topics by language and script."""
        for topic, question in (*one.asked, *one.near_misses):
            match = matcher.match(question)
            self._topic(match, topic)
            scripts.setdefault(f"{one.language}-{match.script}", _Tally())._topic(match, topic)
            if match.topics and match.topics[0][0] != topic:
                confused[topic, match.topics[0][0]] += 1
            if len(question.split()) >= 3:
                self._count("own", match.language == one.language)
                self._count("answer", matcher.match(question, "ru").answer_language[:2] == one.language)
        for topic, question in one.asked:
            if not topic.startswith(("trafficking/", "help/")):
                self._count("plain", matcher.match(question).urgent)
        for message in one.danger:
            match = matcher.match(message)
            self._count("screen", match.urgent)
            self._count("line", match.urgent or match.line)
        for _, question in one.near_misses:
            self._count("near", matcher.match(question).urgent)
        for message in one.out_of_scope:
            self._count("out", matcher.match(message).answer == "confident")

    def _topic(self, match: Match, topic: str) -> None:
        ids = [id for id, _ in match.topics]
        self._count("first", ids[:1] == [topic])
        self._count("three", topic in ids[:3])
        self._count("share", match.answer == "confident")
        if match.answer == "confident":
            self._count("right", ids[0] == topic)

    def _count(self, what: str, is_good: bool) -> None:
        self.all[what] += 1
        self.good[what] += is_good

    def add(self, other: "_Tally") -> None:
        """Take the counts of another into these."""
        self.good += other.good
        self.all += other.all

    def missed(self) -> list[str]:
        """What does not reach its goal, and by how much."""
        found = []
        for what, goal in GOALS.items():
            if self.all[what] and is_missed(what, self._share(what), goal):
                found.append(f"{what} {abs(self._share(what) - goal):.1f}")
        return found

    def topics(self) -> str:
        """The right topic first, and among three."""
        return f"{self._share('first'):.1f} {self._share('three'):.1f}"

    def __str__(self) -> str:
        return " ".join(f"{self._share(what):{width}.1f}" for what, width in _WIDTHS.items())

    def _share(self, what: str) -> float:
        return 100 * self.good[what] / self.all[what] if self.all[what] else float("nan")


_WIDTHS = {
    "first": 5, "three": 5, "share": 7, "right": 6, "own": 6, "answer": 7, "screen": 8, "line": 8, "near": 7,
    "out": 9, "plain": 7,
}  # fmt: skip


def _print_times(sets: Iterable[Questions], matcher: Matcher) -> None:
    times = []
    for question in [question for one in sets for _, question in one.asked] * 3:
        begin = perf_counter()
        matcher.match(question)
        times.append(1000 * (perf_counter() - begin))
    times.sort()
    half, most = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"one question: p50 {half:.2f} ms (goal 0.30), p99 {most:.2f} ms (goal 2.00)")
