"""The people of the fake Telegram, led by a few addresses under /people, so that it can be tried without a phone."""

from collections.abc import Awaitable, Callable

from aiogram import Bot, Dispatcher
from aiohttp import web

from bot.bot_api import Json
from bot.fake_telegram.server import FakeTelegram
from bot.simulator import Chat, Line, NotThereError, simulated_bot


class Posted:
    """A wire that lets an update wait for the bot, wherever that is, and goes on at once."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self.telegram = telegram
        self.bot: Bot = simulated_bot(telegram.world)
        self.line: Line = telegram.line

    async def carry(self, update: Json) -> None:
        """Nobody waits for the answer."""
        self.telegram.put(update)

    def phone(self, name: str = "Aibek", language_code: str | None = "ru") -> Chat:
        """A new person in a private chat with the bot."""
        return Chat(Dispatcher(), wire=self, name=name, language_code=language_code)


def add_people(app: web.Application, telegram: FakeTelegram) -> None:
    """POST /people {"language"} -> {"id"}; POST /people/<id> {"say"} or {"press"}; GET /people/<id> -> the screen."""
    posted = Posted(telegram)
    phones: dict[str, Chat] = {}

    async def come(request: web.Request) -> web.Response:
        phone = posted.phone(language_code=str((await _body(request)).get("language") or "ru"))
        phones[str(phone.person.id)] = phone
        return web.json_response({"id": phone.person.id})

    async def act(request: web.Request) -> web.Response:
        phone, body = _phone(request, phones), await _body(request)
        acts: dict[str, Callable[[str], Awaitable[None]]] = {"say": phone.say, "press": phone.press}
        for name, words in body.items():
            if name not in acts:
                raise web.HTTPBadRequest(text='Send {"say": "..."} or {"press": "..."}.')
            try:
                await acts[name](str(words))
            except NotThereError as error:
                raise web.HTTPConflict(text=str(error)) from None
        return web.json_response({})

    async def look(request: web.Request) -> web.Response:
        phone = _phone(request, phones)
        return web.json_response(
            [
                {"id": one.id, "is_from_bot": one.is_from_bot, "html": one.html, "buttons": one.buttons}
                for one in phone.messages
            ]
        )

    app.add_routes([web.post("/people", come), web.post("/people/{id}", act), web.get("/people/{id}", look)])


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json() if request.can_read_body else {}
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="Send a JSON object.")
    return body


def _phone(request: web.Request, phones: dict[str, Chat]) -> Chat:
    phone = phones.get(request.match_info["id"])
    if phone is None:
        raise web.HTTPNotFound(text="There is nobody of this id; POST /people brings somebody.")
    return phone
