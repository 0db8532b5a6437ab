"""The whole table of what we react to, in order; whatever is not here gets no answer."""

from aiogram import Router

from bot.screens import CLEAR, GUIDE, PAPER
from bot.telegram.handlers import clear, guide, inline, letter, location, press, question, staff, start, word
from bot.telegram.kinds import (
    Addressed,
    AfterClearing,
    Answered,
    Answering,
    AnyCommand,
    Command,
    ContactsLabel,
    Drafted,
    Has,
    InGroup,
    InPrivate,
    Plain,
    Press,
    Service,
    Typed,
)

UPDATES = ["message", "edited_message", "callback_query", "inline_query", "chosen_inline_result"]


def private() -> Router:
    """The chat of one person and the bot."""
    router = Router(name="private")
    router.message.filter(InPrivate())
    router.message.register(question.answer, Plain())
    router.message.register(start.start, Command("start"))
    router.message.register(clear.command, Command("hide"))
    router.message.register(clear.greet, AfterClearing())
    router.message.register(word.forget, Command("forget"))
    router.message.register(staff.link, Command("staff"))
    router.message.register(letter.go_on, Drafted())
    router.message.register(word.command, AnyCommand())
    router.message.register(word.contacts, ContactsLabel())
    router.message.register(question.go_on, Answered())
    router.message.register(location.nearest, Has("location", "venue"))
    router.message.register(location.contact, Has("contact"))
    router.message.register(question.answer, Typed())
    router.message.register(word.voice, Has("voice", "video_note", "audio"))
    router.message.register(word.nothing, Service())
    router.message.register(word.thing)

    router.edited_message.filter(InPrivate())
    router.edited_message.register(letter.changed, Drafted())
    router.edited_message.register(word.contacts, ContactsLabel())
    router.edited_message.register(question.go_on, Answered())
    router.edited_message.register(question.answer, Typed())
    return router


def anywhere() -> Router:
    """Buttons, groups that call the bot by name, and inline queries."""
    router = Router(name="anywhere")
    router.callback_query.register(press.in_group, InGroup())
    router.callback_query.register(clear.press, Press(CLEAR))
    router.callback_query.register(letter.press, Answering(PAPER))
    router.callback_query.register(guide.press, Answering(GUIDE))
    router.callback_query.register(press.press)
    router.message.register(word.group, Addressed())
    router.inline_query.register(inline.results)
    router.chosen_inline_result.register(inline.chosen)
    return router
