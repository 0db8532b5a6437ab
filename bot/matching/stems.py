"""Stems: words, beginnings of words and short phrases, found in a folded text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from sys import intern

from bot.matching.fold import fold_words

GAP = 1  # words that may stand between two words of a phrase

_Part = tuple[str, bool]  # a folded word, and whether it is only a beginning
_Phrase = tuple[str, tuple[_Part, ...]]  # a name, and the words after the first
Places = Mapping[str, int]  # a name, and the places of its words: bit 3 is the fourth word


def each_place(places: int) -> Iterator[int]:
    """The places by their numbers."""
    return (place for place in range(places.bit_length()) if places >> place & 1)


class Node:
    """What a first word leads to: names at once, and phrases by the beginning of their second word."""

    __slots__ = ("names", "phrases")

    def __init__(self, names: tuple[str, ...] = (), phrases: dict[str, tuple[_Phrase, ...]] | None = None) -> None:
        self.names, self.phrases = names, phrases

    def __reduce__(self) -> tuple[type["Node"], tuple[object, ...]]:
        return Node, (self.names, self.phrases)  # shorter by far than the state of thousands, which pickle remembers


Nodes = tuple[Node, ...]


class Stems:
    """Entries in natural spelling, each under a name; `stem*` stands for every word that begins so."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._whole: dict[str, Node] = {}
        self._begun: dict[str, dict[str, Node]] = {}  # by the first three letters, then by stem
        folded: dict[str, list[_Part]] = {}
        for name, entries in lists.items():
            for entry in entries:
                for piece in entry.split():
                    if piece not in folded:
                        folded[piece] = [(intern(word), piece.endswith("*")) for word in fold_words(piece)]
                self._add(name, [part for piece in entry.split() for part in folded[piece]])
        self._keep_once()

    def _keep_once(self) -> None:
        """What is alike is kept once, which spares a third of the room."""
        names: dict[tuple[str, ...], tuple[str, ...]] = {}
        rests: dict[tuple[_Part, ...], tuple[_Part, ...]] = {}
        phrases: dict[tuple[_Phrase, ...], tuple[_Phrase, ...]] = {}
        for node in chain(self._whole.values(), *(begun.values() for begun in self._begun.values())):
            node.names = names.setdefault(node.names, node.names)
            if node.phrases:
                each = {
                    key: tuple((name, rests.setdefault(rest, rest)) for name, rest in many)
                    for key, many in node.phrases.items()
                }
                node.phrases = {key: phrases.setdefault(many, many) for key, many in each.items()}

    def _add(self, name: str, parts: list[_Part]) -> None:
        if not parts:
            return
        (word, is_begun), *rest = parts
        if is_begun and len(word) > 2:
            node = self._begun.setdefault(word[:3], {}).setdefault(word, Node())
        else:  # a beginning of one or two letters would be met in every sentence
            node = self._whole.setdefault(word, Node())
        if rest:
            second, is_open = rest[0]
            key = intern("" if is_open and len(second) < 3 else second[:3])
            node.phrases = node.phrases or {}
            phrase, others = (name, tuple(rest)), node.phrases.get(key, ())
            node.phrases[key] = others if phrase in others else (*others, phrase)
        elif name not in node.names:
            node.names += (name,)

    def places(self, words: Sequence[str], nodes: Sequence[Nodes] | None = None) -> Places:
        """The name of every list met, with the places of the words; `nodes` of each word spare looking it up."""
        places: dict[str, int] = {}
        begun: list[str] = []
        for place, own in enumerate(nodes or map(self.nodes, words)):
            for node in own:
                for name in node.names:
                    places[name] = places.get(name, 0) | 1 << place
                if node.phrases:
                    begun = begun or [following[:3] for following in words]
                    for key in ("", *begun[place + 1 : place + 2 + GAP]):
                        for name, rest in node.phrases.get(key, ()):
                            if _follows(words, place, rest):
                                places[name] = places.get(name, 0) | 1 << place
        return places

    def nodes(self, word: str) -> Nodes:
        """The entries whose first word this may be."""
        whole = self._whole.get(word)
        begun = self._begun.get(word[:3])
        found = [] if whole is None else [whole]
        if begun:
            found += [node for stem, node in begun.items() if word.startswith(stem)]
        return tuple(found)


def _follows(words: Sequence[str], place: int, rest: tuple[_Part, ...]) -> bool:
    """Whether the other words of a phrase come soon after its first."""
    for stem, is_begun in rest:
        for following in range(place + 1, min(place + 2 + GAP, len(words))):
            if words[following] == stem or (is_begun and words[following].startswith(stem)):
                place = following
                break
        else:
            return False
    return True
