"""A topic is drawn once a day and language; what holds a person's answers is drawn anew and kept by nobody."""

from datetime import date, timedelta

from bot.app import Library
from bot.screens import Address, Screens
from tests.conftest import TODAY


def test_a_topic_is_drawn_once_a_day_and_anew_on_the_next(library: Library) -> None:
    days: list[date] = [TODAY]
    screens = Screens(library.content, library.languages, library.matcher, lambda: days[-1])
    first = screens.at(Address("stay/registration"), "ru")

    assert screens.at(Address("stay/registration"), "ru") is first
    assert screens.at(Address("stay/registration"), "kk") != first
    days.append(TODAY + timedelta(365))
    assert screens.at(Address("stay/registration"), "ru") is not first


def test_a_question_is_answered_with_what_the_button_opens(library: Library) -> None:
    screens = Screens(library.content, library.languages, library.matcher, lambda: TODAY)
    pressed = screens.at(Address("stay/registration"), "ru")

    asked = screens.for_question(library.content.texts["stay/registration", "ru"].title, "ru")

    assert asked.topic == pressed.topic
    assert asked.outcome == "confident"
    assert pressed.text in asked.text
    assert screens.at(Address("stay/registration"), "ru").outcome == "shown"


def test_answers_are_not_kept(library: Library) -> None:
    screens = Screens(library.content, library.languages, library.matcher, lambda: TODAY)
    flow = next(iter(library.content.flows))
    answered = Address(flow, ("uz",))

    assert screens.at(answered, "ru") is not screens.at(answered, "ru")
