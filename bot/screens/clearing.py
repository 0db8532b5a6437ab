"""What is left in a cleared chat: one neutral message, what stays on the phone, and the greeting that follows."""

from dataclasses import replace

from bot.screens import danger
from bot.screens.screen import Button, Screen
from bot.screens.setting import Setting

PATH = danger.CLEAR
STAYS = "more"  # the part of it that lists what stays


def button(setting: Setting) -> Button:
    """The button that stands on every safety screen."""
    return setting.button(setting.say("Clear this chat"), PATH)


def with_button(setting: Setting, screen: Screen) -> Screen:
    """A safety screen with its button; any other as it is."""
    clear = button(setting)
    has_it = any(one.data == clear.data for row in screen.rows for one in row)
    if not screen.is_safety or screen.toast or has_it:
        return screen
    return replace(screen, rows=(*screen.rows, (clear,)))


def cleared(setting: Setting, is_left: bool = False, is_unsure: bool = False) -> Screen:
    """The one message that is left; what it knows to be still there, it says."""
    say = setting.say
    lines = [say("Done.")]
    if is_left:
        lines.append(say("I cannot delete messages older than two days."))
    if is_unsure:
        lines.append(say("I do not remember all earlier messages. See whether some are left above."))
    lines.append(say("To remove the chat itself: its name → Delete chat."))
    more = setting.button(say("More"), PATH, part=STAYS)
    return Screen(setting.code, "\n\n".join(lines), ((more, setting.home()),), is_safety=True)


def stays(setting: Setting) -> Screen:
    """Everything that clearing does not reach, and the taps that do; about Telegram alone."""
    say = setting.say
    lines = [
        f"<b>{say('What stays on the phone')}</b>",
        say("The chat: its name → Delete chat."),
        say("Other devices: Settings → Devices. Whoever is signed in there reads along."),
        say("Notifications: Settings → Notifications → switch off the preview of messages."),
        say("Files, pictures and contacts you saved: delete them on the phone. The list of calls too."),
        say("Next time: the chat's name → Auto-delete, one day."),
        say("A passcode: Settings → Privacy → Passcode."),
        say("Whoever watches the phone may notice a new passcode or a device that was signed out."),
    ]
    return Screen(setting.code, "\n\n".join(lines), ((button(setting), setting.home()),), is_safety=True)


def greeting(setting: Setting) -> Screen:
    """To whoever writes first after clearing."""
    text = setting.say("Hello! Choose below, or ask about life and work in Kazakhstan.")
    return Screen(setting.code, text, (setting.footer(),), is_safety=True)


def numbers(setting: Setting) -> Screen:
    """To a call for help after clearing: the numbers alone, below a neutral line."""
    return danger.numbers(setting.code, setting.codec)
