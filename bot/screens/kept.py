"""What is kept, table by table and column by column, and what the bot knows of the person who asks."""

from collections.abc import Callable

from bot.screens.screen import Screen
from bot.screens.setting import Setting

KEPT, ME = "kept", "me"

Say = Callable[[str], str]


def sentences(say: Say) -> dict[str, tuple[str, dict[str, str]]]:
    """Each table of the counters: what it is for, and a sentence for each column.

    A test compares this with the tables of a real database: a new column needs its sentence in every language.
    """
    day, times = say("the day; later only the week"), say("how many times")
    return {
        "demand": (
            say("What is asked:"),
            {
                "day": say("the day; about safety only the week"),
                "topic": say("the topic, like registration"),
                "language": say("the language of the answer"),
                "script": say("its letters, Latin or Cyrillic"),
                "door": say("the way to it: the menu, a question, a link"),
                "outcome": say("what came of it: an answer, a choice, nothing, helped or not"),
                "people": say("how many people, each counted once a day"),
                "taps": times,
            },
        ),
        "hours": (say("When people ask:"), {"day": day, "hour": say("the hour"), "taps": times}),
        "sources": (
            say("Which poster or link they came by:"),
            {"day": day, "source": say("its code, which is the same for everybody"), "taps": times},
        ),
        "regions": (
            say("Where help is looked for:"),
            {"day": say("the week"), "region": say("the region that was chosen"), "taps": times},
        ),
        "wrong": (
            say("What is reported as wrong:"),
            {"week": say("the week"), "thing": say("which phone or which text"), "taps": times},
        ),
        "words": (
            say("Words the bot did not understand:"),
            {
                "week": say("the week"),
                "word": say("one single word, only after five people used it on one day; no name, no number"),
                "language": say("the language of the answer"),
                "chats": say("how many people used it"),
            },
        ),
        "done": (
            say("What was already done once:"),
            {
                "what": say("what it was, like the weekly figures for staff"),
                "mark": say("which week it was for"),
            },
        ),
    }


def kept(setting: Setting) -> Screen:
    """Everything that stands on the disk, in plain words."""
    say = setting.say
    lines = [f"<b>{say('What stands on the disk')}</b>"]
    for title, columns in sentences(say).values():
        lines.append("\n".join([title, *(f"• {sentence}" for sentence in dict.fromkeys(columns.values()))]))
    lines.append(say("These are sums over everybody. Nothing in them leads to you."))
    back = setting.button(say("Back"), "privacy")
    return Screen(setting.code, "\n\n".join(lines), ((back,), setting.footer()))


def me(setting: Setting) -> Screen:
    """The answer to “what do you know about me”."""
    say = setting.say
    lines = [
        f"<b>{say('What do you know about me?')}</b>",
        say("On the disk: nothing. Only sums over everybody stand there."),
        say(
            "In the bot's memory, for half a day at most: your language. Until the day is over: a mark that nobody can "
            "read back, so that you are counted once."
        ),
        say("For ten minutes: what it has just asked you, so that you can write the answer."),
        say(
            "For ten minutes: the topic you read last, unless it is about safety, so that you can ask “and how much?”."
        ),
        say(
            "The numbers of the messages in this chat, without their words, for a week at most: so that /hide can "
            "delete them."
        ),
        say("With Telegram and on your phone: this chat, until you delete it."),
    ]
    rows = (
        (setting.button(say("What stands on the disk"), KEPT),),
        (setting.button(say("Forget my language"), "forget"),),
    )
    return Screen(setting.code, "\n\n".join(lines), (*rows, setting.footer()))
