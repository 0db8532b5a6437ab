"""`python -m bench mutants [FILE ...]`: the danger and privacy code broken in every small way; do the tests notice?

mutmut makes the broken ones and tries each against the tests that stand nearest, in processes forked from one that is
warm. What they do not notice is looked at again, in a fresh process and with whole conversations: caches that were
filled before the fork, and code that runs while it is imported, hide what is broken. A time-out is said apart, for it
is neither noticed nor missed. The copy it works on stays, so that `mutmut show NAME` explains a name.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT

_KEPT = Path(tempfile.gettempdir()) / "safar-mutants"
_COPIED = ("bot", "bench", "content", "locales", "tests", "deploy", ".ci")
_FILES = ("README.md", "Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock")
_CACHED = re.compile(r"^@cache\ndef (\w+)", re.M)
_HERE = ("-k", "not polling and not webhook", "-p", "no:cacheprovider")


@dataclass(frozen=True)
class Field:
    """A file, the tests that stand nearest to it, and those that are asked where these notice nothing."""

    file: str
    near: str
    far: str = ""


FIELDS = (
    Field("bot/safety.py", "test_safety.py store/test_store.py"),
    Field("bot/log.py", "test_log.py"),
    Field("bot/store/demand.py", "store", "stories/test_counting.py"),
    Field("bot/matching/danger.py", "matching/test_danger.py", "matching/test_calls.py stories/test_danger.py"),
    Field("bot/matching/calls.py", "matching/test_danger.py", "matching/test_calls.py stories/test_danger.py"),
    Field(
        "bot/memory/__init__.py", "test_memory.py",
        "stories/test_counting.py stories/test_clearing.py stories/test_asking_back.py stories/test_first_steps.py",
    ),
    Field("bot/memory/seats.py", "test_memory.py"),
    Field("bot/memory/lately.py", "test_memory.py"),
    Field("bot/memory/marks.py", "test_memory.py"),
    Field("bot/memory/trail.py", "test_memory.py test_shared_memory.py", "stories/test_clearing.py"),
    Field("bot/memory/heard.py", "test_memory.py stories/test_words_for_staff.py"),
    Field("bot/telegram/errors.py", "stories/test_faults.py", "telegram/test_hands.py"),
    Field("bot/telegram/counting.py", "telegram/test_counting.py", "stories/test_counting.py stories/test_wrong.py"),
    Field("bot/screens/danger.py", "screens/test_danger.py", "stories/test_danger.py stories/test_clearing.py"),
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """A line for each file and each mutant that was not noticed; the share at the end, time-outs left out of it."""
    found: Counter[str] = Counter()
    for field in FIELDS:
        if arguments and field.file not in arguments:
            continue
        folder = _copy(field)
        verdicts = _look(field, folder)
        counts = Counter(verdicts.values())
        found += counts
        print(f"{field.file}: {_said(counts)}")
        for name, verdict in verdicts.items():
            if verdict != "killed":
                print(f"    {verdict}: {name}", flush=True)
    print(f"all: {_said(found)}; in {_KEPT}/<file>, `mutmut show NAME` shows what was broken")
    return 0


def _said(counts: Counter[str]) -> str:
    decided = counts["killed"] + counts["survived"]
    share = f", {100 * counts['killed'] / decided:.1f} % noticed" if decided else ""
    return f"{counts.total()} mutants, " + ", ".join(f"{n} {verdict}" for verdict, n in counts.items()) + share


def _copy(field: Field) -> Path:
    """The project with nothing to mutate but this file."""
    folder = _KEPT / field.file.replace("/", ".").removesuffix(".py")
    shutil.rmtree(folder, ignore_errors=True)
    for name in _COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for name in _FILES:
        shutil.copy(ROOT / name, folder / name)
    source = folder / field.file
    words = source.read_text(encoding="utf-8")
    cached = _CACHED.findall(words)  # mutmut leaves decorated functions alone; cached below, they are no exception
    words = _CACHED.sub(r"def \1", words) + "".join(f"\n\n{name} = cache({name})\n" for name in cached)
    source.write_text(words, encoding="utf-8")
    shared = folder / "tests" / "conftest.py"  # what is learned of the content is learned once, not for every mutant
    words = shared.read_text(encoding="utf-8").replace(
        'tmp_path_factory.mktemp("data")', f"Path({str(folder)!r}) / 'data'"
    )
    shared.write_text(words, encoding="utf-8")
    settings = {
        "source_paths": ["bot"], "only_mutate": [field.file], "timeout_multiplier": 5.0, "timeout_constant": 2.0,
        "also_copy": [*_COPIED[1:], *_FILES], "pytest_add_cli_args": list(_HERE),
        "pytest_add_cli_args_test_selection": _tests(field.near),
    }  # fmt: skip
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\n")
        file.writelines(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())
    return folder


def _tests(names: str) -> list[str]:
    return [f"tests/{name}" for name in names.split()]


def _look(field: Field, folder: Path) -> dict[str, str]:
    """What came of each mutant: killed, survived or timeout."""
    mutmut = Path(sys.executable).with_name("mutmut")
    with (folder / "mutmut.log").open("w") as log:
        subprocess.run([mutmut, "run", "--max-children", "1"], cwd=folder, stdout=log, stderr=log, check=True)
    meta = json.loads((folder / "mutants" / f"{field.file}.meta").read_text(encoding="utf-8"))
    tests = _tests(f"{field.near} {field.far}")
    before = _cpu()
    if _try("", tests, folder) != "survived":
        raise SystemExit(f"{field.file}: its tests fail with nothing broken")
    limit = 5 + int(4 * (_cpu() - before))
    return {
        name: "killed" if code in (1, 3) else _try(name, tests, folder, limit)
        for name, code in meta["exit_code_by_key"].items()
    }


def _try(name: str, tests: list[str], folder: Path, limit: int = 600) -> str:
    """A mutant in a process of its own, with so many seconds of the processor."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", *_HERE, *tests], cwd=folder / "mutants", check=False,
        env={**os.environ, "MUTANT_UNDER_TEST": name}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit)),
    )  # fmt: skip
    return "timeout" if done.returncode < 0 else "killed" if done.returncode else "survived"


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
