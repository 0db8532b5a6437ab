"""What the words of a question mean, in any language: editors' lists in content/lexicon.yaml, and those of danger."""

from collections.abc import Iterable, Mapping, Sequence

from bot.matching.danger import lists as danger_lists
from bot.matching.stems import Nodes, Places, Stems


class Lexicon:
    """Finds the meanings of folded words; a word may have several, and a phrase counts once."""

    def __init__(self, lists: Mapping[str, Iterable[str]], added: Iterable[str] = ()) -> None:
        self._stems = Stems({**lists, **danger_lists(added)})

    def meanings(self, words: Sequence[str], nodes: Sequence[Nodes] | None = None) -> Places:
        """Every meaning met, with the places of its words; `nodes` are what each word leads to, where that is known."""
        return self._stems.places(words, nodes)

    def nodes(self, word: str) -> Nodes:
        """What a word leads to."""
        return self._stems.nodes(word)
