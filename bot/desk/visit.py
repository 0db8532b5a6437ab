"""Visit: one request of one person, with all a page needs; and Page, a line in the table of pages and roles."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.web import FileField
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.content import Content
from bot.demand.figures import Figures
from bot.desk.drafts import Drafts, mark
from bot.desk.own_words import OwnWords
from bot.desk.trial import Trial
from bot.desk.tries import Tries
from bot.editions import Editions
from bot.locales import Language, Languages
from bot.matching import Matcher
from bot.screens import Screens
from bot.sentence import Sentence
from bot.store.staff import Person, Session, Staff

HERE = Path(__file__).parent
LANGUAGES = ("ru", "kk", "uz", "en")
WORDS = ("/file", "/phrase", "/meaning", "/danger", "/asked", "/flow")  # pages of “Words and flows”

Roles = frozenset[str]
OWNERS: Roles = frozenset({"owner"})
EDITORS: Roles = frozenset({"owner", "editor"})
PUBLISHERS: Roles = frozenset({"owner", "editor", "reviewer"})
REVIEWERS: Roles = frozenset({"reviewer"})
WRITERS: Roles = frozenset({"owner", "editor", "reviewer", "translator"})
ANALYSTS: Roles = frozenset({"owner", "editor", "reviewer", "analyst"})
STAFF: Roles = frozenset({"owner", "editor", "translator", "reviewer", "analyst"})
ANYBODY: Roles = frozenset()


class Refused(Exception):  # a word for the person, as elsewhere in this house
    """What was asked cannot be done; the message says why, in the person's language."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Library(Protocol):
    """The content in force, as the bot has it at this moment."""

    @property
    def content(self) -> Content: ...
    @property
    def languages(self) -> Languages: ...
    @property
    def screens(self) -> Screens: ...
    @property
    def matcher(self) -> Matcher: ...
    @property
    def editions(self) -> Editions: ...

    def whole(self) -> Content: ...
    def take_up(self) -> None: ...
    def catch_up(self) -> None: ...


@dataclass(frozen=True)
class Desk:
    """What the pages work with; built once."""

    staff: Staff
    library: Library
    drafts: Drafts
    own_words: OwnWords
    now: Callable[[], datetime]
    tries: Tries
    trial: Trial
    figures: Figures | None = None
    origin: str = ""  # https://… once the desk has left this machine; empty on loopback

    @property
    def phrases(self) -> Languages:
        """The desk's own, not the bot's."""
        return self.own_words.languages

    @property
    def today(self) -> date:
        return self.now().date()


@dataclass(frozen=True)
class Page:
    """What is at a path, and who may; no role at all means anybody, signed in or not."""

    method: Literal["GET", "POST"]
    path: str
    act: "Callable[[Visit], web.Response]"
    roles: Roles


@dataclass(frozen=True)
class Visit:
    """One request; everything in it came from outside and is text until a page has looked at it."""

    desk: Desk
    session: Session | None
    language: Language
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, FileField] = field(default_factory=dict)
    client: str = ""

    @property
    def person(self) -> Person:
        assert self.session is not None
        return self.session.person

    def say(self, message: str, **gaps: object) -> str:
        """One of the desk's own phrases in the person's language."""
        return self.language.say(message, **gaps)

    def told(self, found: str) -> str:
        """What was found in a file, in the person's language; words that are no sentence of ours stand as they are."""
        if not isinstance(found, Sentence):
            return found
        gaps = {name: self.told(one) if isinstance(one, str) else one for name, one in found.gaps.items()}
        return self.language.say(found.phrase, **gaps)

    def may(self, roles: Roles) -> bool:
        return self.session is not None and self.person.has(roles)

    @property
    def address(self) -> str:
        """Where the person is, to come back to after choosing a language."""
        return self.path + (f"?{urlencode(self.query)}" if self.query and "key" not in self.query else "")

    @property
    def may_edit(self) -> bool:
        return self.may(EDITORS)

    @property
    def may_publish(self) -> bool:
        return self.may(PUBLISHERS)

    def menu(self) -> list[tuple[str, str]]:
        """The sections this person may open."""
        return [(path, name) for path, name, roles in sections(self.say) if self.may(roles)]

    def is_at(self, path: str) -> bool:
        here = self.path.removeprefix("/desk")
        if path == "/files":
            return here.startswith(WORDS)
        return here == path or (path != "/" and here.startswith(path.rstrip("s")))

    def address_of(self, file: str, key: str) -> str:
        return address_of(file, key)

    def role(self, role: str) -> str:
        """A role by its name in the person's language."""
        return role_names(self.say)[role]

    def page(self, template: str, status: int = 200, **words: object) -> web.Response:
        """A page of templates/, with what it says."""
        html = _environment().get_template(template).render(
            visit=self, say=self.say, told=self.told, say_count=self.language.say_count, csrf=self._csrf(), url=url,
            languages=[self.desk.phrases[code] for code in LANGUAGES], **words,
        )  # fmt: skip
        return web.Response(text=html, content_type="text/html", status=status)

    def go(self, path: str, **query: str) -> web.Response:
        """Send the browser on, after something was done."""
        return web.Response(status=303, headers={"Location": url(path, **query)})

    def note(self, act: str, what: str = "") -> None:
        """A line in the audit list."""
        self.desk.staff.note(self.person.name, act, what)

    def _csrf(self) -> Markup:
        key = self.session.csrf if self.session else ""
        return Markup('<input type="hidden" name="csrf" value="{}">').format(key)


def url(path: str, **query: str) -> str:
    """An address of the desk."""
    return f"/desk{path}" + (f"?{urlencode(query, safe='/')}" if query else "")


def address_of(file: str, key: str) -> str:
    """Where at the desk a unit is edited."""
    if file == "content/facts.yaml":
        return url("/fact", id=key)
    if file == "content/places.yaml":
        return url("/place", id=key)
    if file.endswith(".md"):
        place, _, language = file.removeprefix("content/").removesuffix(".md").rpartition("/")
        return url("/text", id=place or "home", language=language)
    if file == "content/lexicon.yaml" and key:
        return url("/meaning", id=key)
    if file == "content/danger.yaml":
        return url("/danger")
    topic, _, name = file.removeprefix("content/").rpartition("/")
    if name == "flow.yaml":
        return url("/flow/map", topic=topic)
    if name.startswith("flow."):
        return url("/flow", topic=topic, language=name.split(".")[1])
    if file.endswith(".po"):
        _, language, _, of = file.removesuffix(".po").split("/")
        return url("/phrase", language=language, of=of, id=mark(key))
    return url("/file", name=file)


def sections(say: Callable[..., str]) -> list[tuple[str, str, Roles]]:
    """The menu: where, how it is called, and for whom."""
    return [
        ("/", say("Home"), STAFF),
        ("/texts", say("Texts"), STAFF),
        ("/facts", say("Facts"), STAFF),
        ("/places", say("Places"), STAFF),
        ("/files", say("Words and flows"), WRITERS),
        ("/translators", say("Translators"), WRITERS),
        ("/try", say("Try it"), STAFF),
        ("/publish", say("Publish"), WRITERS),
        ("/history", say("History"), STAFF),
        ("/demand", say("Demand"), ANALYSTS),
        ("/people", say("People"), OWNERS),
    ]


def role_names(say: Callable[..., str]) -> dict[str, str]:
    return {
        "owner": say("owner"),
        "editor": say("editor"),
        "translator": say("translator"),
        "reviewer": say("reviewer"),
        "analyst": say("analyst"),
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
