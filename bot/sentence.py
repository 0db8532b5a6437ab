"""A sentence for staff that reads English in a terminal and a log, and can be said again in another language.

Whatever finds a mistake knows no language but English. It hands on the phrase and what fills its gaps, as one string:
printed, sorted and compared it is plain English, and the desk says it in the language of whoever reads.
"""

from collections.abc import Mapping
from typing import Self


class Sentence(str):
    """The English words; `phrase` is how locales/ call them, `gaps` what stands in them, sentences among it."""

    phrase: str
    gaps: Mapping[str, object]

    def __new__(cls, phrase: str, /, **gaps: object) -> Self:
        sentence = super().__new__(cls, phrase.format(**gaps))
        sentence.phrase = phrase
        sentence.gaps = {name: one if isinstance(one, str | int) else str(one) for name, one in gaps.items()}
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, object]]:
        return (self.phrase,), self.gaps

    def __getstate__(self) -> None:
        """Made anew from its phrase and gaps wherever it is carried to; there is nothing else to keep."""
