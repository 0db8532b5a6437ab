"""What can be wrong with a guided flow: ways that end nowhere, addresses too long, words that say other figures."""

from collections.abc import Iterator

from bot.content import Content, Mistake
from bot.content.check_texts import Page, check_passage
from bot.content.facts import references
from bot.content.flows import Flow, FlowWords


def check_flow_words(page: Page, flow: Flow, words: FlowWords) -> Iterator[Mistake]:
    """The words of a flow in one language, and whether they say the figures of the Russian ones."""
    for passage in (*words.asks.values(), *words.texts.values(), *words.titles.values(), words.foot, words.name):
        yield from check_passage(page, passage)
    russian = page.content.flow_words.get((flow.topic, "ru"))
    if russian is None:
        return
    for ending, theirs in russian.texts.items():
        if {one.written for one in references(theirs)} != {one.written for one in references(words.texts[ending])}:
            yield page.mistake(f"{ending}:", f"{ending}: its figures differ from those of the Russian words")


def check_flow(content: Content, topic: str, flow: Flow) -> Iterator[Mistake]:
    """The map itself, and whether each language has its words."""
    file = f"{topic}/flow.yaml"
    alias = content.topics[topic].alias or topic
    longest = max((f"uzc/{alias}?{'.'.join(way)}" for way in flow.ways()), key=len)
    if len(longest) > 64:
        yield Mistake(file, 1, f"a button's address is too long ({len(longest)} of 64): {longest}; shorten the ids")
    reached = {flow.after(way) for way in flow.ways()}
    for question in flow.questions:
        if question not in reached:
            yield Mistake(file, 1, f"no way leads to the question `{question}`")
    for ending in flow.endings.values():
        if ending not in reached:
            yield Mistake(file, 1, f"no way leads to the ending `{ending.id}`")
        for offered in ending.topics:
            if offered not in content.topics:
                yield Mistake(file, 1, f"{ending.id}: {offered} is no topic")
    for code, spelling in content.spellings.items():
        if spelling.source is None and (topic, code) not in content.flow_words:
            yield Mistake(
                f"{topic}/flow.{code}.yaml", 1, "the words of this flow are missing or broken", is_advice=True
            )
