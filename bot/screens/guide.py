"""Where the guide and the card of helplines are offered; documents/ makes them."""

from bot.screens.screen import Button, Screen
from bot.screens.setting import Setting

PATH = "guide"
ALL, CARD = "all", "card"


def button(setting: Setting) -> Button:
    """The way to it from the menu."""
    return setting.button(f"📄 {setting.say('All in one file')}", PATH)


def guide(setting: Setting) -> Screen:
    """Both files, and that they stay on the phone."""
    say = setting.say
    lines = [
        f"<b>{say('All in one file')}</b>",
        say("For a phone without internet: all answers as one file, or a small card of numbers to print."),
        say("The file stays on the phone and in this chat. Whoever holds the phone can open it."),
    ]
    files = (
        setting.button(say("One file"), PATH, (ALL,)),
        setting.button(say("Small card"), PATH, (CARD,)),
    )
    clear = setting.button(say("Clear this chat"), "done")
    return Screen(setting.code, "\n\n".join(lines), (files, (clear,), setting.footer()))
