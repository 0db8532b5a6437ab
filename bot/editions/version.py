"""A version, and what it changed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Version:
    """One publication: by whom (a name of the desk), when and why."""

    id: str
    who: str
    at: str
    why: str


@dataclass(frozen=True)
class Change:
    """One file before and after; None where it was not there."""

    file: str
    before: bytes | None
    after: bytes | None
