"""What the words of a question mean, in any language: the lists editors keep in content/lexicon.yaml."""

from collections.abc import Mapping, Sequence

from bot.matching.stems import Memo, Stems


class Lexicon:
    """Finds the meanings of folded words; a word may have several, and a phrase counts once."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._stems = Stems(lists)

    def meanings(self, words: Sequence[str], memo: Memo | None = None) -> dict[str, int]:
        """Every meaning met, with how many words have it."""
        places: dict[str, set[int]] = {}
        for name, place in self._stems.hits(words, memo):
            places.setdefault(name, set()).add(place)
        return {name: len(found) for name, found in places.items()}
