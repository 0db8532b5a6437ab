"""Short screens that answer what is no question: voice, things, contacts, groups, inline queries, our own faults."""

from dataclasses import replace
from html import escape

from bot.content.markup import to_html
from bot.safety import is_safety
from bot.screens import danger
from bot.screens.screen import Button, Screen
from bot.screens.setting import Setting

_MOST_SHARED = 5


def voice(setting: Setting) -> Screen:
    """The bot cannot listen; a voice may be a cry, so the emergency line and its button come first."""
    text = f"{danger.line(setting.code)}\n\n{setting.say('I cannot listen yet. Tap below, or write one word.')}"
    return Screen(setting.code, text, ((setting.button(setting.say("Urgent"), danger.PATH),), setting.footer()))


def thing(setting: Setting) -> Screen:
    """A photo, file, sticker, poll or something unknown."""
    text = setting.say("Thank you. I cannot look at this, and I do not keep it. Write your question, or choose here:")
    rows = [
        (setting.button(setting.content.title(group.id, setting.code), group.id),) for group in setting.content.groups
    ]
    return Screen(setting.code, text, (*rows, (setting.contacts(),)))


def contact(setting: Setting) -> Screen:
    """Somebody shared a phone number."""
    return Screen(
        setting.code, setting.say("I do not need a phone number, and I did not keep it."), (setting.footer(),)
    )


def others(setting: Setting) -> Screen:
    """Somebody asks about other people, whoever it is: there is nothing to tell, and nothing is told."""
    say = setting.say
    lines = [
        danger.line(setting.code),
        f"<b>{say('I tell nobody anything about other people.')}</b>",
        say(
            "I keep no names, no words and no numbers. So I do not know who asked, what or when. "
            "Nobody can find it out here: no employer, no relative, no police."
        ),
        say(
            "I have no names of those who help and no addresses of shelters either. Only phones that anybody may call."
        ),
    ]
    rows = ((setting.button(say("What stands on the disk"), "kept"),), setting.footer())
    return Screen(setting.code, "\n\n".join(lines), rows)


def keyboard(setting: Setting) -> Screen:
    """A line that sets the button below the chat."""
    return Screen(setting.code, setting.say("The button below is always there."), keyboard=setting.say("☎ Contacts"))


def in_group(setting: Setting, link: str) -> Screen:
    """In a group everybody reads along: no answer there, only the way to the private chat."""
    text = setting.say("I answer in a private chat only.")
    return Screen(setting.code, text, ((Button(setting.say("Open the chat"), url=link),),))


def deleted(setting: Setting, screen: Screen, is_deleted: bool) -> Screen:
    """The screen, with what became of the person's message."""
    say = setting.say
    word = (
        say("I deleted your message from this chat.")
        if is_deleted
        else say("Delete your message yourself: I could not.")
    )
    return replace(screen, text=f"{screen.text}\n\n{word}")


def apology(setting: Setting) -> Screen:
    """Something broke on our side; the way out works without it."""
    text = f"{setting.say('Something broke on our side. Please try once more.')}\n\n{danger.line(setting.code)}"
    return Screen(setting.code, text, (setting.footer(),))


def too_much(setting: Setting) -> Screen:
    """More came from one chat than can be read; the way out stays open, for a call for help is never too much."""
    words = setting.say("That was a lot at once, and I could not read it all. Rest a minute, then write again.")
    return Screen(setting.code, f"{words}\n\n{danger.line(setting.code)}", (setting.footer(),))


def to_share(setting: Setting, ids: list[str]) -> list[tuple[str, str, str, str]]:
    """Id, title, summary and text of topics fit to stand in anybody's chat: written, and not about safety."""
    shared = []
    for id in ids:
        text = setting.content.text(id, setting.code)
        if text is None or is_safety(id):
            continue
        body = to_html(setting.content.fill(text.short, setting.code, setting.today))
        summary = setting.content.fill(text.short, setting.code, setting.today).replace("**", "")[:120]
        shared.append((id, text.title, summary, f"<b>{escape(text.title, quote=False)}</b>\n\n{body}"))
    return shared[:_MOST_SHARED]
