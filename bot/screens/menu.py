"""The first screens: languages, welcome, the menu of sections, a section, privacy and forget."""

from html import escape

from bot.content import HOME
from bot.content.markup import to_html
from bot.content.topics import Group
from bot.locales import Language
from bot.screens import clearing, danger, flow, guide, near
from bot.screens.address import Address
from bot.screens.kept import KEPT, ME
from bot.screens.screen import Button, Row, Screen
from bot.screens.setting import Setting, pairs


def languages(setting: Setting, then: str = "welcome") -> Screen:
    """Every language in its own name and script, the client's own first."""
    own = setting.language
    ordered: list[Language] = [own, *(other for other in setting.languages if other.code != own.code)]
    buttons = [Button(one.name, setting.codec.data(one.code, Address(then))) for one in ordered]
    invitations = "\n".join(one.say("Choose your language.") for one in ordered)
    return Screen(own.code, invitations, tuple(pairs(buttons)))


def welcome(setting: Setting) -> Screen:
    """What the bot is, honestly; sets the button below the chat, and the menu follows."""
    say = setting.say
    text = "\n\n".join(
        [
            f"<b>{say('Safar answers questions about living and working in Kazakhstan.')}</b>",
            say(
                "Permits, registration, wages, your rights, help in trouble. It is free. "
                "Tap below or ask in your own words."
            ),
            say(
                "We keep nothing about you. This chat stays on your phone, on every device signed in to your account, "
                "and with Telegram. Whoever holds one can read it."
            ),
        ]
    )
    return Screen(setting.code, text, keyboard=say("☎ Contacts"), followed_by=menu(setting))


def menu(setting: Setting, notice: str = "") -> Screen:
    """The sections, each by its title; `notice` says why somebody who pressed an old button is here."""
    home = setting.content.texts.get((HOME, setting.code))
    title = home.title if home else setting.say("Menu")
    news = setting.content.news(setting.code, setting.today)
    words = [to_html(setting.content.fill(one, setting.code, setting.today)) for one, _ in news]
    lines = [*words, f"<b>{escape(title, quote=False)}</b>", to_html(home.short) if home else ""]
    text = "\n\n".join(line for line in [notice, *lines] if line)
    groups = [
        setting.button(setting.content.title(group.id, setting.code), group.id) for group in setting.content.groups
    ]
    more = [(setting.topic(topic),) for _, topic in news if topic]
    language = setting.button(f"🌐 {setting.say('Language')}", "language")
    rows = [*more, *pairs(groups), (setting.contacts(),), (language, guide.button(setting))]
    return Screen(setting.code, text, tuple(rows))


def section(setting: Setting, group: Group) -> Screen:
    """The topics of one section; the section of help begins with the numbers."""
    heading = setting.content.texts.get((group.id, setting.code))
    lines = [f"<b>{escape(setting.content.title(group.id, setting.code), quote=False)}</b>"]
    if heading and heading.short:
        lines.append(to_html(heading.short))
    rows: list[Row] = [*flow.named(setting, group.topics), *((setting.topic(topic.id),) for topic in group.topics)]
    if group.id == "help":
        lines.append(danger.line(setting.code))
        urgent, nearest = (
            setting.button(setting.say("Urgent"), danger.PATH),
            setting.button(setting.say("Nearest help"), near.PATH),
        )
        rows[:0] = [(urgent, nearest)]
    return Screen(
        setting.code,
        "\n\n".join(lines),
        (*rows, setting.footer()),
        is_safety=group.id in ("help", "trafficking"),
    )


def privacy(setting: Setting) -> Screen:
    """What is kept and what is not, in plain words."""
    say = setting.say
    lines = [
        f"<b>{say('What we know about you: nothing')}</b>",
        say("We write down no name, no number, no place and none of your words."),
        say(
            "We count how often a topic is asked: topic, language and day. For topics about safety only the week. "
            "Who asked cannot be found from that."
        ),
        say("Your language is remembered for a while in the bot's memory, not on disk. /forget clears it."),
        say("This chat stays on your phone and with Telegram until you delete it. We cannot see who reads it there."),
        say("If you send your location, it is used once to find help nearby, and then the bot deletes your message."),
    ]
    rows = (
        (setting.button(say("What do you know about me?"), ME),),
        (setting.button(say("What stands on the disk"), KEPT),),
        (clearing.button(setting),),
    )
    return Screen(setting.code, "\n\n".join(lines), (*rows, setting.footer()))


def forgotten(setting: Setting) -> Screen:
    """After /forget: what was in memory is gone."""
    say = setting.say
    lines = [
        f"<b>{say('Forgotten.')}</b>",
        say(
            "The bot no longer remembers your language, nor which messages stand here. Nothing else about you was kept."
        ),
        say("The messages in this chat stay until you delete the chat: the chat's name → Delete chat."),
    ]
    return Screen(setting.code, "\n\n".join(lines), (setting.footer(),))
