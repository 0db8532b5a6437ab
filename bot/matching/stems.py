"""Stems: words, beginnings of words and short phrases, found in a folded text."""

from collections.abc import Iterable, Mapping, Sequence

from bot.matching.fold import fold_words

GAP = 1  # words that may stand between two words of a phrase

_Rest = tuple[tuple[str, bool], ...]  # the other words of a phrase, each with whether it is only a beginning
_Entry = tuple[str, _Rest]
Memo = dict[str, list[_Entry]]
Places = Mapping[str, set[int]]


class Stems:
    """Entries in natural spelling, each under a name; `stem*` stands for every word that begins so."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._whole: dict[str, dict[_Entry, None]] = {}
        self._begun: dict[str, dict[str, dict[_Entry, None]]] = {}  # by the first three letters, then by stem
        folded: dict[str, list[tuple[str, bool]]] = {}
        for name, entries in lists.items():
            for entry in entries:
                for piece in entry.split():
                    if piece not in folded:
                        folded[piece] = [(word, piece.endswith("*")) for word in fold_words(piece)]
                self._add(name, [part for piece in entry.split() for part in folded[piece]])

    def _add(self, name: str, parts: list[tuple[str, bool]]) -> None:
        if not parts:
            return
        (word, is_begun), *rest = parts
        if is_begun and len(word) > 2:
            entries = self._begun.setdefault(word[:3], {}).setdefault(word, {})
        else:  # a beginning of one or two letters would be met in every sentence
            entries = self._whole.setdefault(word, {})
        entries[name, tuple(rest)] = None

    def places(self, words: Sequence[str], memo: Memo | None = None) -> Places:
        """The name of every list met, with the places of the words; `memo` spares looking up a word twice."""
        places: dict[str, set[int]] = {}
        for place, word in enumerate(words):
            begun = None if memo is None else memo.get(word)
            if begun is None:
                begun = self._begun_by(word)
                if memo is not None:
                    memo[word] = begun
            for name, rest in begun:
                if not rest or _follows(words, place, rest):
                    places.setdefault(name, set()).add(place)
        return places

    def _begun_by(self, word: str) -> list[_Entry]:
        """The entries whose first word this may be."""
        found = list(self._whole.get(word, ()))
        for stem, entries in self._begun.get(word[:3], {}).items():
            if word.startswith(stem):
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
