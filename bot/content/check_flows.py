"""What can be wrong with a guided flow: ways that end nowhere, addresses too long, words that say other figures."""

from collections.abc import Iterator

from bot.content import Content, Mistake
from bot.content.check_texts import Page, check_passage
from bot.content.facts import references
from bot.content.flows import Flow, FlowWords
from bot.sentence import Sentence


def check_flow_words(page: Page, flow: Flow, words: FlowWords) -> Iterator[Mistake]:
    """The words of a flow in one language, and whether they say the figures of the Russian ones."""
    for passage in (*words.asks.values(), *words.texts.values(), *words.titles.values(), words.foot, words.name):
        yield from check_passage(page, passage)
    russian = page.content.flow_words.get((flow.topic, "ru"))
    if russian is None:
        return
    for ending, theirs in russian.texts.items():
        if {one.written for one in references(theirs)} != {one.written for one in references(words.texts[ending])}:
            what = Sentence("{id}: its figures differ from those of the Russian words", id=ending)
            yield page.mistake(f"{ending}:", what)


def check_flow(content: Content, topic: str, flow: Flow) -> Iterator[Mistake]:
    """The map itself, and whether each language has its words."""
    file = f"{topic}/flow.yaml"
    alias = content.topics[topic].alias or topic
    longest = max((f"uzc/{alias}?{'.'.join(way)}" for way in flow.ways()), key=len)
    if len(longest) > 64:
        what = Sentence(
            "a button's address is too long ({count} of 64): {address}; shorten the ids",
            count=len(longest), address=longest,
        )  # fmt: skip
        yield Mistake(file, 1, what)
    reached = {flow.after(way) for way in flow.ways()}
    for question in flow.questions:
        if question not in reached:
            yield Mistake(file, 1, Sentence("no way leads to the question `{id}`", id=question))
    for ending in flow.endings.values():
        if ending not in reached:
            yield Mistake(file, 1, Sentence("no way leads to the ending `{id}`", id=ending.id))
        for offered in ending.topics:
            if offered not in content.topics:
                yield Mistake(file, 1, Sentence("{id}: {topic} is no topic", id=ending.id, topic=offered))
    for code, spelling in content.spellings.items():
        if spelling.source is None and (topic, code) not in content.flow_words:
            what = Sentence("the words of this flow are missing or broken")
            yield Mistake(f"{topic}/flow.{code}.yaml", 1, what, is_advice=True)
