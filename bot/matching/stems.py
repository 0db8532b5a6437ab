"""Stems: words, beginnings of words and short phrases, found in a folded text."""

from collections.abc import Iterable, Iterator, Mapping

from bot.matching.fold import fold_words

GAP = 1  # words that may stand between two words of a phrase


class Stems:
    """Entries in natural spelling, each under a name; `stem*` stands for every word that begins so."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._whole: dict[str, set[tuple[str, _Rest]]] = {}
        self._begun: dict[str, set[tuple[str, _Rest]]] = {}
        for name, entries in lists.items():
            for entry in entries:
                self._add(name, entry)
        self._shortest = min(map(len, self._begun), default=0)
        self._longest = max(map(len, self._begun), default=0)

    def _add(self, name: str, entry: str) -> None:
        parts = [(word, piece.endswith("*")) for piece in entry.split() for word in fold_words(piece)]
        if not parts:
            return
        (word, is_begun), *rest = parts
        (self._begun if is_begun else self._whole).setdefault(word, set()).add((name, tuple(rest)))

    def hits(self, words: list[str]) -> Iterator[tuple[str, int]]:
        """The name of every entry met, with the place of its first word; once per entry and place."""
        for place, word in enumerate(words):
            for name, rest in self._whole.get(word, ()):
                if _follows(words, place, rest):
                    yield name, place
            for length in range(self._shortest, min(len(word), self._longest) + 1):
                for name, rest in self._begun.get(word[:length], ()):
                    if _follows(words, place, rest):
                        yield name, place


_Rest = tuple[tuple[str, bool], ...]


def _follows(words: list[str], place: int, rest: _Rest) -> bool:
    """Whether the other words of a phrase come soon after its first."""
    for stem, is_begun in rest:
        for following in range(place + 1, min(place + 2 + GAP, len(words))):
            if words[following] == stem or (is_begun and words[following].startswith(stem)):
                place = following
                break
        else:
            return False
    return True
