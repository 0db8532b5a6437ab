"""What the first person would otherwise wait for, done before anybody comes: a question and a press in every language.

Numbers and dates of a language, the first folding and the first use of each type cost milliseconds once. So the whole
way of an update is gone with a chat that nobody has, over a wire that leads nowhere; nothing is sent, counted or kept.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from aiogram import Bot

from bot.memory import Memory
from bot.screens import Screens
from bot.store import NoStore
from bot.telegram import build_dispatcher
from bot.telegram.arrival import Json, arrived
from bot.telegram.commands import set_commands
from bot.telegram.lane import Lane
from bot.telegram.last import LAST, call
from bot.telegram.session import open_session
from bot.telegram.wire import Wire

_NOWHERE = "http://127.0.0.1:1"


class _Nowhere(Wire):
    """Takes every call, and says that all is well."""

    async def post(self, path: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        """As Telegram answers a message, or says which commands it knows."""
        del body, seconds
        if path.endswith("MyCommands"):
            return 200, b'{"ok":true,"result":%b}' % (b"[]" if "/get" in path else b"true")
        return 200, b'{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"-"}}'


async def rehearse(screens: Screens, now: Callable[[], datetime]) -> None:
    """Press the button of a topic with a number in it, ask for it and open the menu, in every language."""
    session = open_session(_NOWHERE, None)
    session.wire = _Nowhere(_NOWHERE)
    bot = Bot("1:-", session)
    lane = Lane(build_dispatcher(lambda: screens, NoStore(), Memory(), now), bot)
    for number, update in enumerate(_updates(screens)):
        last = await lane.answer(arrived({"update_id": number, **update}, bot))
        if isinstance(last, LAST):
            await call(bot, last)
    await set_commands(bot, screens.languages)  # which else would be gone through while the first people wait


def _updates(screens: Screens) -> Iterator[Json]:
    numbered = [id for (id, _), text in screens.content.texts.items() if "/" in id and "{" in text.short]
    for chat, language in enumerate(screens.languages if numbered else (), start=1):
        person = {"id": chat, "is_bot": False, "first_name": "-", "language_code": language.code}
        place = {"id": chat, "type": "private", "first_name": "-"}
        title = screens.content.title(numbered[0], language.code)
        message = {"message_id": 1, "date": 1, "chat": place, "from": person, "text": title}
        data = f"{language.code}/{numbered[0]}"
        yield {"callback_query": {"id": "1", "from": person, "chat_instance": "1", "data": data, "message": message}}
        yield {"message": message}
        yield {"message": {**message, "text": "/menu"}}
