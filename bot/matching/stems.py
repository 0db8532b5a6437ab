"""Stems: words, beginnings of words and short phrases, found in a folded text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.matching.fold import fold_words

GAP = 1  # words that may stand between two words of a phrase

_Rest = tuple[tuple[str, bool], ...]  # the other words of a phrase, each with whether it is only a beginning
Memo = dict[str, list[tuple[str, _Rest]]]


class Stems:
    """Entries in natural spelling, each under a name; `stem*` stands for every word that begins so."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._whole: dict[str, dict[tuple[str, _Rest], None]] = {}
        self._begun: dict[str, dict[tuple[str, _Rest], None]] = {}
        for name, entries in lists.items():
            for entry in entries:
                self._add(name, entry)
        lengths = sorted({len(stem) for stem in self._begun})
        self._lengths = range(lengths[0], lengths[-1] + 1) if lengths else range(0)

    def _add(self, name: str, entry: str) -> None:
        parts = [(word, piece.endswith("*")) for piece in entry.split() for word in fold_words(piece)]
        if not parts:
            return
        (word, is_begun), *rest = parts
        (self._begun if is_begun else self._whole).setdefault(word, {})[name, tuple(rest)] = None

    def hits(self, words: Sequence[str], memo: Memo | None = None) -> Iterator[tuple[str, int]]:
        """The name of every entry met, with the place of its first word; `memo` spares looking up a word twice."""
        for place, word in enumerate(words):
            begun = None if memo is None else memo.get(word)
            if begun is None:
                begun = self._begun_by(word)
                if memo is not None:
                    memo[word] = begun
            for name, rest in begun:
                if not rest or _follows(words, place, rest):
                    yield name, place

    def _begun_by(self, word: str) -> list[tuple[str, _Rest]]:
        """The entries whose first word this may be."""
        found = list(self._whole.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            entries = self._begun.get(word[:length])
            if entries:
                found += entries
        return found


def _follows(words: Sequence[str], place: int, rest: _Rest) -> bool:
    """Whether the other words of a phrase come soon after its first."""
    for stem, is_begun in rest:
        for following in range(place + 1, min(place + 2 + GAP, len(words))):
            if words[following] == stem or (is_begun and words[following].startswith(stem)):
                place = following
                break
        else:
            return False
    return True
