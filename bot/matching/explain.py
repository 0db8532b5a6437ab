"""Why a question got the answer it got, in plain words, for whoever wants to mend it."""

from collections.abc import Iterator

from bot.content import Content
from bot.matching import Matcher
from bot.matching.danger import CERTAIN, ENOUGH, UNSAID
from bot.matching.features import pieces
from bot.matching.fold import fold, fold_words
from bot.matching.stems import each_place
from bot.matching.verdict import CALL, LINE, SOME, SURE, Signs

_NEAREST = 5
_SHOWN = 3


def explain(matcher: Matcher, content: Content, text: str, chosen: str | None) -> Iterator[str]:
    """One thing a line: how it was read, what it means, which topics, how sure, and why danger or not."""
    read, match = matcher.read(text), matcher.match(text, chosen)
    signs, words = matcher.judge.signs(text, read), read.words
    yield f"Language      {match.language}, script {match.script}; the answer comes in {match.answer_language}"
    if match.foreign:
        yield f"              it looks like {match.foreign}, which has no texts; this is the nearest"
    yield f"Read as       {' '.join(words) or 'nothing: there is no word in it'}"
    yield f"Known         {signs.known:.0%} of it stands in titles, examples and texts"
    if strange := [word for word in dict.fromkeys(words) if not matcher.judge.is_known(word)]:
        yield f"Not known     {', '.join(strange)} (a line for lexicon.yaml, if it says what is meant)"
    yield f"Meanings      {_meanings(signs, words) or 'none of lexicon.yaml'}"
    if door := matcher.doors.open(words):
        by = f", by the phone of {door.place}" if door.place else ""
        yield f"Exact         it names {', '.join(door.topics[:_SHOWN])}{by}"
    if match.part:
        yield f"Follow-up     after a topic it asks for its part `{match.part}`: every word of it is in followups.yaml"
    if match.also:
        yield f"Second        the message also asks about {match.also}"
    for at, (score, topic) in enumerate(signs.ranked[:_SHOWN]):
        yield f"{'Topics' if at == 0 else '':13} {score:5.2f}  {topic}  “{content.title(topic, 'en')}”"
    yield f"Small talk    {signs.small_talk:5.2f}"
    yield from _nearest(content, words, [topic for _, topic in signs.ranked[:_SHOWN]])
    ahead = f"{signs.clear:5.2f} ahead of the next; one answer from {SURE:.2f}"
    yield f"Sure          {ahead}, choices from a topic's {SOME:.2f}"
    yield f"Verdict       {match.answer}: {_VERDICTS[match.answer]}"
    yield from _danger(signs, match.urgent)


_VERDICTS = {
    "confident": "the topic is shown at once",
    "choices": "three topics are offered, and “none of these”",
    "none": "the bot says that it has no sure answer",
}


def _meanings(signs: Signs, words: list[str]) -> str:
    found = [(name.lstrip("!"), places) for name, places in signs.meanings.items() if name not in UNSAID]
    return ", ".join(f"{name} ({' '.join(words[place] for place in each_place(places))})" for name, places in found)


def _nearest(content: Content, words: list[str], topics: list[str]) -> Iterator[str]:
    """The titles and examples of the best topics that share most with the question."""
    own = {piece for word in words for piece in pieces(word)}
    found = []
    for (topic, _), text in content.texts.items():
        if topic in topics:
            for asked in (text.title, *text.asked):
                theirs = {piece for word in fold_words(asked) for piece in pieces(word)}
                found.append((len(own & theirs) / (len(own | theirs) or 1), topic, asked))
    best = {fold(asked): (share, topic, asked) for share, topic, asked in sorted(found)}
    for at, (share, topic, asked) in enumerate(sorted(best.values(), reverse=True)[:_NEAREST]):
        yield f"{'Nearest' if at == 0 else '':13} {share:5.0%}  {topic}: {asked}"


def _danger(signs: Signs, is_urgent: bool) -> Iterator[str]:
    listed = [name.lstrip("!") for name in signs.meanings if name.startswith("!")]
    what = f" ({', '.join(listed)})" if listed else ""
    if signs.listed >= CERTAIN:
        yield f"Danger        yes: a bare cry, or a word of danger.yaml{what}"
        return
    yield (
        f"Danger        {'yes' if is_urgent else 'no'}: {signs.danger:.2f}; the screen comes first above {CALL:.2f},"
        f" the line above {LINE:.2f}"
    )
    yield f"              the model says {signs.learned:.2f}, the list {signs.listed:.2f} of {ENOUGH:.0f}{what}"
