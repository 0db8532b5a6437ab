"""The questions people would really type, as data: tests/questions/<split>/<language>.yaml."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.settings import ROOT

FOLDER = ROOT / "tests" / "questions"


@dataclass(frozen=True)
class Questions:
    """One language of one split."""

    language: str
    asked: tuple[tuple[str, str], ...]  # topic, question
    danger: tuple[str, ...]
    near_misses: tuple[tuple[str, str], ...]  # topic, question
    out_of_scope: tuple[str, ...]


def read(split: str) -> list[Questions]:
    """Every language of a split."""
    return [_read(path) for path in sorted((FOLDER / split).glob("*.yaml"))]


def _read(path: Path) -> Questions:
    table = yaml.safe_load(path.read_text("utf-8"))
    return Questions(
        path.stem,
        tuple((topic, one) for topic, asked in table["questions"].items() for one in asked),
        tuple(table["danger"]),
        tuple((miss["topic"], miss["ask"]) for miss in table["near_misses"]),
        tuple(table["out_of_scope"]),
    )
