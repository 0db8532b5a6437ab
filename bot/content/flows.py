"""Flow: a guided way of questions to an ending, its map in flow.yaml, its words beside it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content.reading import Mistake, Table, Unreadable, read_table
from bot.content.topics import ID, split
from bot.sentence import Sentence

SUMS = ("price",)  # what can be summed up below an ending; how is written in bot/calculators


@dataclass(frozen=True)
class Ending:
    """Where a way through a flow ends: its words are in FlowWords; `topics` are offered below."""

    id: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """The map: question -> answer -> the next question, or `end:` and an ending."""

    topic: str
    first: str
    questions: dict[str, dict[str, str]]
    endings: dict[str, Ending]
    sums: dict[str, str]  # ending -> what is summed up below it

    def after(self, answers: tuple[str, ...]) -> str | Ending | None:
        """The question to ask after these answers, the ending, or None where an answer is unknown."""
        step = self.first
        for place, answer in enumerate(answers):
            following = self.questions[step].get(answer)
            if following is None:
                return None
            if following.startswith("end:"):
                return self.endings[following[4:]] if place == len(answers) - 1 else None
            step = following
        return step

    def ways(self) -> Iterator[tuple[str, ...]]:
        """Every reachable list of answers, the empty one first."""
        waiting: list[tuple[str, ...]] = [()]
        while waiting:
            answers = waiting.pop()
            yield answers
            step = self.after(answers)
            if isinstance(step, str):
                waiting += [(*answers, answer) for answer in self.questions[step]]


@dataclass(frozen=True)
class FlowWords:
    """A flow's words in one language: each question, its answers by id, each ending's title and text.

    `foot` stands below every ending. `name` is what the flow is called on buttons, where it is more than its topic.
    """

    language: str
    asks: dict[str, str]
    answers: dict[str, dict[str, str]]
    titles: dict[str, str]
    texts: dict[str, str]
    foot: str
    file: str
    name: str = ""

    def respelled(self, language: str, respell: Callable[[str], str]) -> "FlowWords":
        """The same words in another script."""

        def spell(words: Mapping[str, str]) -> dict[str, str]:
            return {key: respell(word) for key, word in words.items()}

        answers = {question: spell(words) for question, words in self.answers.items()}
        return replace(
            self,
            foot=respell(self.foot),
            name=respell(self.name),
            language=language,
            asks=spell(self.asks),
            answers=answers,
            titles=spell(self.titles),
            texts=spell(self.texts),
        )


def read_flow(path: Path, name: str, topic: str) -> Flow:
    """The map in a flow.yaml; raises Unreadable where a way leads nowhere or in a circle."""
    table = read_table(path, name)
    questions, endings = table.get("questions"), table.get("endings")
    if not isinstance(questions, Table) or not isinstance(endings, Table) or table.get("first") not in questions:
        raise Unreadable(name, 1, Sentence("a flow says `first` (a question's name), `questions` and `endings`"))
    for id, answers in questions.items():
        line = questions.line_of(id)
        if not ID.fullmatch(id) or not isinstance(answers, Table) or not answers:
            raise Unreadable(name, line, Sentence("{id}: list its answers below it, like `uz: work`", id=id))
        for answer, following in answers.items():
            is_word = isinstance(following, str)
            is_end = is_word and following.startswith("end:")
            is_known = is_word and (following[4:] in endings if is_end else following in questions)
            if not ID.fullmatch(answer) or not is_known:
                what = Sentence(
                    "{id}: {answer} leads to `{to}`, which is neither a question nor `end:` with an ending",
                    id=id, answer=answer, to=following,
                )  # fmt: skip
                raise Unreadable(name, answers.line_of(answer), what)
    flow = Flow(
        topic,
        table["first"],
        {id: dict(answers) for id, answers in questions.items()},
        {id: Ending(id, tuple(split(str(topics), ","))) for id, topics in endings.items()},
        _sums(table, endings, name),
    )
    _refuse_circles(flow, flow.first, (), name, questions)
    return flow


def _sums(table: Table, endings: Table, name: str) -> dict[str, str]:
    sums = table.get("sums") or Table()
    for ending, summed in sums.items() if isinstance(sums, Table) else ():
        if ending not in endings or summed not in SUMS:
            what = Sentence("sums: write an ending and one of {known}", known=", ".join(SUMS))
            raise Unreadable(name, sums.line_of(ending), what)
    return dict(sums)


def _refuse_circles(flow: Flow, question: str, above: tuple[str, ...], name: str, questions: Table) -> None:
    if question in above:
        raise Unreadable(
            name, questions.line_of(question), Sentence("{id}: the questions lead in a circle", id=question)
        )
    for following in flow.questions[question].values():
        if not following.startswith("end:"):
            _refuse_circles(flow, following, (*above, question), name, questions)


def read_words(path: Path, name: str, flow: Flow, language: str) -> tuple[FlowWords | None, list[Mistake]]:
    """A flow's words in one language, or None where some are missing; and the mistakes."""
    try:
        table = read_table(path, name)
    except Unreadable as error:
        return None, [error.mistake]
    mistakes: list[Mistake] = []

    def section(parent: object, key: str) -> Table:
        found = parent.get(key) if isinstance(parent, Table) else None
        return found if isinstance(found, Table) else Table()

    def need(parent: Table, key: str, where: str) -> str:
        if not isinstance(parent.get(key), str) or not parent[key].strip():
            mistakes.append(Mistake(name, parent.line, Sentence("{where}: `{key}` is missing", where=where, key=key)))
            return ""
        return str(parent[key]).strip()

    questions, endings = section(table, "questions"), section(table, "endings")
    for id, words in questions.items():
        if isinstance(words, Table) and "like" in words:  # asked in the words of another question
            questions[id] = section(questions, words["like"])
    asks = {id: need(section(questions, id), "ask", id) for id in flow.questions}
    answers = {
        id: {answer: need(section(section(questions, id), "answers"), answer, f"{id}, answers") for answer in words}
        for id, words in flow.questions.items()
    }
    titles = {id: need(section(endings, id), "title", id) for id in flow.endings}
    texts = {id: need(section(endings, id), "text", id) for id in flow.endings}
    if mistakes:
        return None, mistakes
    return FlowWords(
        language, asks, answers, titles, texts, table.get("foot", "").strip(), name, table.get("name", "")
    ), []
