"""A folded text as pieces of its words, and what its words mean.

Pieces of four letters, whole words and beginnings of words carry the spelling; three and four letters together
were no better and twice as slow. Meanings, and pairs of meanings, carry what was learned in one language over to
the others: pairs alone are worth three points. Stop words stay: leaving them out cost three.
"""

from bot.matching.danger import UNSAID
from bot.matching.stems import Places

_MEANING = 0.7  # what the meanings of a text weigh beside its pieces


def pieces(word: str) -> list[str]:
    """The pieces of a word: four letters of it, its beginnings, and the whole."""
    return [*spelling(word), f"={word}"]


def spelling(word: str) -> list[str]:
    """The pieces of a word that other words may have too."""
    padded = f"_{word}_"
    found = [padded[at : at + 4] for at in range(len(word) - 1)]
    if len(word) > 3:
        found.append(f"<{word[:4]}")
    if len(word) > 4:
        found.append(f"<{word[:5]}")
    return found


def meant(meanings: Places) -> list[str]:
    """What a text means, in the order in which pairs of it are named."""
    return sorted([name for name in meanings if name not in UNSAID])


def share(meanings: Places, words: int) -> float:
    """How much meanings weigh: less in a long text of which few words are understood."""
    hits = sum([places.bit_count() for name, places in meanings.items() if name not in UNSAID])
    return _MEANING * min(1.0, hits / words) ** 0.5 if words else 0.0
