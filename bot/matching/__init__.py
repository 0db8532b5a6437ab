"""A question in any spelling -> the topics that answer it; `match()` is the only door.

Numpy and the weights are imported when a matcher is built, so that `bot.matching.danger` works without them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.matching.fold import fold_words

if TYPE_CHECKING:
    from bot.content import Content
    from bot.matching.language import LanguageModel
    from bot.matching.verdict import Judge

__all__ = ["Match", "Matcher", "build"]


@dataclass(frozen=True)
class Match:
    """What a question is about. It keeps no word of the question."""

    language: str
    script: str
    topics: tuple[tuple[str, float], ...]
    urgent: bool
    line: bool
    answer: Literal["confident", "choices", "none"]
    answer_language: str


class Matcher:
    """Everything learned from one version of the content; replaced as a whole when the content changes."""

    def __init__(self, judge: "Judge", languages: "LanguageModel", exact: dict[str, str]) -> None:
        self._judge, self._languages, self._exact = judge, languages, exact

    def match(self, text: str, chosen: str | None = None) -> Match:
        """The topics of a question, best first; `chosen` is the language the person reads in."""
        words = fold_words(text)
        found = self._judge.judge(text, words, self._exact.get(" ".join(words)))
        guess = self._languages.guess(text, chosen)
        answer_in = guess.answer_language(chosen)
        return Match(guess.language, guess.script, found.topics, found.is_call, found.line, found.answer, answer_in)


def build(content: "Content", cache: Path | None = None) -> Matcher:
    """A matcher for this content; `cache` is the folder that keeps what was learned for the next start."""
    from bot.matching.learning import learned
    from bot.matching.lexicon import Lexicon
    from bot.matching.verdict import Judge

    lexicon = Lexicon(content.lexicon, content.extra_danger)
    model, languages = learned(content, lexicon, cache)
    return Matcher(Judge(model, lexicon), languages, _exact(content))


def _exact(content: "Content") -> dict[str, str]:
    """Titles and example questions, folded, that lead to one topic and no other."""
    doors: dict[str, str | None] = {}
    for (id, _), text in sorted(content.texts.items()):
        if "/" not in id:
            continue
        for asked in (text.title, *text.asked):
            folded = " ".join(fold_words(asked))
            doors[folded] = id if doors.get(folded, id) == id else None
    return {folded: id for folded, id in doors.items() if folded and id}
