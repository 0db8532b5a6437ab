"""What the words of a question mean, in any language: editors' lists in content/lexicon.yaml, and those of danger."""

from collections.abc import Iterable, Mapping, Sequence

from bot.matching.danger import lists as danger_lists
from bot.matching.stems import Memo, Places, Stems


class Lexicon:
    """Finds the meanings of folded words; a word may have several, and a phrase counts once."""

    def __init__(self, lists: Mapping[str, Iterable[str]], added: Iterable[str] = ()) -> None:
        self._stems = Stems({**lists, **danger_lists(added)})

    def meanings(self, words: Sequence[str], memo: Memo | None = None) -> Places:
        """Every meaning met, with the places of its words."""
        return self._stems.places(words, memo)
