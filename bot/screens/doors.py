"""What is written on buttons, typed instead of tapped: a section, a command, a part of the topic before."""

from collections.abc import Iterator

from bot.content import Content
from bot.content.topics import PARTS
from bot.locales import Languages
from bot.matching.fold import fold
from bot.screens import article
from bot.screens.address import Address

_COMMANDS = {"menu": "menu", "language": "language", "privacy": "privacy"}


class Doors:
    """Every such label in every language, in any spelling."""

    def __init__(self, content: Content, languages: Languages) -> None:
        self._paths = {fold(label): path for label, path in _labels(content, languages)}
        self._parts = {fold(article.part_title(language.say, part)): part for language in languages for part in PARTS}

    def find(self, label: str, before: str) -> Address | None:
        """Where this leads, if it is a folded label and nothing else; `before` is the topic that was read last."""
        if before and label in self._parts:
            return Address(before, part=self._parts[label])
        return Address(self._paths[label]) if label in self._paths else None


def _labels(content: Content, languages: Languages) -> Iterator[tuple[str, str]]:
    yield from _COMMANDS.items()
    for language in languages:
        say = language.say
        yield from ((say("Menu"), "menu"), (say("All sections"), "menu"), (say("What is kept about you"), "privacy"))
        yield from ((say("Language"), "language"), (say("Change the language"), "language"))
        for group in content.groups:
            yield content.title(group.id, language.code), group.id
