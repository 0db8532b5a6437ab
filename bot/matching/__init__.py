"""A question in any spelling -> the topics that answer it; `match()` is the only door.

What learns needs numpy and is imported where something is learned; what was learned answers without it.
"""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from bot.matching.several import questions
from bot.matching.unlisted import unlisted

if TYPE_CHECKING:
    from bot.content import Content
    from bot.matching.doors import Doors
    from bot.matching.followup import Followups
    from bot.matching.language import LanguageModel
    from bot.matching.lexicon import Lexicon
    from bot.matching.model import Model
    from bot.matching.reading import Reader, Reading
    from bot.matching.verdict import Judge, Verdict

_TWO = 2  # questions
_ALSO = 0.5  # how likely the second topic of a whole message must be

__all__ = ["Match", "Matcher", "build", "renewed"]


class Match(NamedTuple):
    """What a question is about. It keeps no word of the question; `is_calm` where nothing in it speaks of danger.

    `also` is the topic of a second question in the same message, `part` what a short question asks of the topic
    before it, `place` whose phone was typed, and `foreign` the language it seems to be in where that is none of ours.
    """

    language: str
    script: str
    topics: tuple[tuple[str, float], ...]
    urgent: bool
    line: bool
    answer: Literal["confident", "choices", "none"]
    answer_language: str
    also: str = ""
    part: str = ""
    place: str = ""
    foreign: str = ""
    is_calm: bool = False


class Matcher:
    """Everything learned from one version of the content; replaced as a whole when the content changes."""

    def __init__(
        self,
        judge: "Judge",
        languages: "LanguageModel",
        reader: "Reader",
        doors: "Doors",
        followups: "Followups",
        scripts: "Scripts",
    ) -> None:
        self.judge, self.languages, self.doors, self._followups = judge, languages, doors, followups
        self._scripts, self._reader = scripts, reader

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code a person can choose: the languages, and their other scripts."""
        return self._scripts.codes

    def read(self, text: str) -> "Reading":
        """The words of a question."""
        return self._reader.read(text)

    def match(self, text: str, chosen: str | None = None, read: "Reading | None" = None) -> Match:
        """The topics of a question, best first; `chosen` is the language the person reads in.

        `read` is what `read()` says of it, where somebody has asked that already.
        """
        read = read or self.read(text)
        words, language = read.words, self._scripts.language(chosen)
        door = self.doors.open(words)
        found = self.judge.judge(text, read, door.topics if door else ())
        part = self._followups.part(words)
        is_call = found.is_call and not (part and self.judge.is_calm(text, read))
        also = "" if door or found.is_call else self._second(text, found, read.typed)
        guess = self.languages.guess(text, language, read)
        return Match(
            guess.language,
            guess.script,
            found.topics,
            is_call,
            found.line,
            found.answer,
            self._scripts.answer_in(guess.answer_in(language), guess.script, chosen),
            also,
            "" if is_call else part,
            door.place if door else "",
            guess.foreign,
            found.is_calm,
        )

    def unlisted(self, text: str, match: Match) -> tuple[str, ...]:
        """The words of a question that nothing is known about; none where danger is near."""
        return tuple(unlisted(text, self.judge.is_known)) if match.is_calm and not match.foreign else ()

    def _second(self, text: str, whole: "Verdict", typed: Collection[str]) -> str:
        """The topic of another question in the same message, where both are clear by themselves."""
        if len(whole.topics) < _TWO or whole.topics[1][1] < _ALSO:
            return ""
        clear: list[str] = []
        pieces = questions(text, typed)
        for left, piece in zip(range(len(pieces), 0, -1), pieces, strict=True):
            if len(clear) + left < _TWO:
                return ""
            read = self.read(piece)
            door = self.doors.open(read.words)
            found = self.judge.judge(piece, read, door.topics if door else ())
            if found.answer == "confident" and not found.is_call:
                clear.append(found.topics[0][0])
        first = whole.topics[0][0]
        return next((topic for topic in clear if topic != first), "") if first in clear else ""


class Scripts:
    """Which of our codes are another language in another script: uzc is uz in Cyrillic."""

    def __init__(self, content: "Content") -> None:
        self.codes = tuple(content.spellings)
        self._sources = {code: one.source for code, one in content.spellings.items() if one.source}
        self._codes = {
            (source, content.spellings[code].cldr.partition("_")[2]): code for code, source in self._sources.items()
        }

    def language(self, code: str | None) -> str | None:
        """The language of one of our codes."""
        return self._sources.get(code, code) if code else None

    def answer_in(self, language: str, script: str, chosen: str | None) -> str:
        """The code to answer in: the chosen one where it is of this language, else the one of this script."""
        return chosen if chosen and self.language(chosen) == language else self._codes.get((language, script), language)


def build(content: "Content", cache: Path | None = None) -> Matcher:
    """A matcher for this content; `cache` is the folder that keeps what was learned for the next start."""
    from bot.matching.learning import learned

    return _built(content, lambda lexicon: learned(content, lexicon, cache))


def renewed(content: "Content", cache: Path) -> Matcher:
    """A matcher for this content by what was learned last, which is much sooner there, if it fits."""
    from bot.matching.learning import learned, learned_last

    return _built(content, lambda lexicon: learned_last(content, cache) or learned(content, lexicon, None))


def _built(content: "Content", learned: "Callable[[Lexicon], tuple[Model, LanguageModel, Reader]]") -> Matcher:
    from bot.matching.doors import Doors
    from bot.matching.followup import Followups
    from bot.matching.lexicon import Lexicon
    from bot.matching.verdict import Judge

    lexicon = Lexicon(content.lexicon, content.extra_danger)
    model, languages, reader = learned(lexicon)
    followups, scripts = Followups(content.followups), Scripts(content)
    return Matcher(Judge(model, lexicon), languages, reader, Doors(content), followups, scripts)
