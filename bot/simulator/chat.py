"""One person's phone against the real dispatcher: say and press on one side, read the screen on the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError, TelegramServerError
from aiogram.types import Update

from bot.bot_api import Json
from bot.simulator.line import Line
from bot.simulator.message import Button, Message
from bot.simulator.room import Person, Room
from bot.simulator.session import SimulatedSession, simulated_bot
from bot.simulator.view import NotThereError, View
from bot.simulator.world import World
from bot.telegram.arrival import arrived
from bot.telegram.lane import Lane
from bot.telegram.last import LAST, Acknowledgement, Last, call

_FILE: Json = {"file_id": "person-file", "file_unique_id": "person-file", "file_size": 1000}
SHYMKENT = (42.3174, 69.5901)


class Wire(Protocol):
    """Another way between person and bot than by a call: over HTTP, say."""

    bot: Bot
    line: Line

    async def carry(self, update: Json) -> None:
        """Bring an update to the bot."""


class Chat(View):
    """A person in a chat with the bot: in the process, or over a wire. With `is_lean` the dispatcher is one of ours.

    What fails in the bot is raised here when there is no wire, so that no test passes over it.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        *,
        world: World | None = None,
        bot: Bot | None = None,
        wire: Wire | None = None,
        person: Person | None = None,
        room: Room | None = None,
        language_code: str | None = "ru",
        name: str = "Aibek",
        is_lean: bool = False,
    ) -> None:
        self.dispatcher = dispatcher
        self.is_lean = is_lean
        self.wire = wire
        self.bot = wire.bot if wire else bot or simulated_bot(world or World())
        self.person = person or self.session.world.new_person(name, language_code)
        super().__init__(self.session.world, room or self.session.world.rooms[self.person.id])
        self.copied: str | None = None
        self.opened: str | None = None

    # Other people and places

    def another(self, *, name: str = "Dilnoza", language_code: str | None = "uz") -> Chat:
        """A second person with the same bot."""
        return Chat(
            self.dispatcher, bot=self.bot, wire=self.wire, name=name, language_code=language_code, is_lean=self.is_lean
        )

    def in_group(self, title: str = "Workers", *, is_bot_admin: bool = False) -> Chat:
        """The same person in a group where the bot is a member."""
        room = self.world.new_room("supergroup", title)
        room.is_bot_admin = is_bot_admin
        return Chat(self.dispatcher, bot=self.bot, wire=self.wire, person=self.person, room=room, is_lean=self.is_lean)

    @property
    def session(self) -> Line:
        """The bot's line to this world: `session.requests`, `session.fail_next(...)`."""
        if self.wire:
            return self.wire.line
        session = self.bot.session
        if not isinstance(session, SimulatedSession):
            raise TypeError("This bot has a session to the real Telegram.")
        return session.line

    def use_language(self, language_code: str | None) -> None:
        """Switch the client to another language, as in its settings."""
        self.person = self.world.switch_language(self.person, language_code)

    # What the person does

    async def say(self, text: str, *, reply_to: int | None = None) -> None:
        """Type a text and send it."""
        await self._send(Message(0, 0, self.person.id, 0, text=text, reply_to=reply_to))

    def close_reply(self) -> None:
        """Tap the cross beside what one is about to reply to: a question of the bot opens a reply by itself."""
        self.room.replying_to = None

    async def command(self, name: str, argument: str = "") -> None:
        """Send a command: `command("start", "menu")` is `/start menu`."""
        await self.say(f"/{name} {argument}".strip())

    async def press(self, label: str) -> None:
        """Press a button by its label: the newest inline one, else the one of the reply keyboard."""
        for message in self._screens():
            for button in (one for row in message.rows for one in row):
                if button.label == label:
                    await self._press(message, button)
                    return
        if label in self.reply_buttons:
            await self.press_below(label)
            return
        raise NotThereError(f"No button {label!r}. There are {self._labels()}; below the chat {self.reply_buttons}.")

    async def press_below(self, label: str) -> None:
        """Press a button of the reply keyboard: its label becomes one's own words, unless it asks for more."""
        markup = self.room.keyboard or {"keyboard": []}
        pressed = next((one for row in markup["keyboard"] for one in row if one["text"] == label), None)
        if pressed is None:
            raise NotThereError(f"No button {label!r} below the chat. There are {self.reply_buttons}.")
        self.room.is_keyboard_folded = bool(markup.get("one_time_keyboard"))
        if pressed.get("request_location"):
            await self.send_location()
        elif pressed.get("request_contact"):
            await self.send_contact()
        else:
            await self.say(label)

    async def press_at(self, message_id: int, row: int, column: int) -> Button:
        """Press the button at a place of a message, counted from 0; what it was."""
        message = self.room.messages.get(message_id)
        if message is None or message.is_deleted:
            raise NotThereError(f"No message {message_id}. There are {[one.id for one in self.messages]}.")
        if not (0 <= row < len(message.rows) and 0 <= column < len(message.rows[row])):
            raise NotThereError(f"No button at {row}, {column}. There are {message.buttons}.")
        await self._press(message, message.rows[row][column])
        return message.rows[row][column]

    async def press_old(self, message_id: int | None, data: str) -> None:
        """Press a button the chat no longer shows, by its data.

        A message that is gone comes without its content; None is a press without any message.
        """
        query = self.world.ask(self.room)
        body: Json = {
            "id": query.id,
            "from": self.person.to_json(),
            "chat_instance": str(self.room.id),
            "data": data,
        }
        if message_id is not None:
            message = self.room.messages.get(message_id)
            if message and not message.is_deleted:
                body["message"] = self.world.message_json(message)
            else:
                body["message"] = {"message_id": message_id, "date": 0, "chat": self.room.to_json()}
        await self.feed("callback_query", body)

    async def edit(self, message_id: int, text: str) -> None:
        """Change one's own message."""
        old = self.room.messages.get(message_id)
        if old is None or old.is_from_bot or old.is_deleted:
            mine = [message.id for message in self.room.visible if not message.is_from_bot]
            raise NotThereError(f"No message {message_id} of one's own. There are {mine}.")
        changed = self.world.change(self.room, replace(old, text=text, entities=(), edited=int(self.world.now())))
        await self.feed("edited_message", self.world.message_json(changed))

    async def send_location(self, latitude: float = SHYMKENT[0], longitude: float = SHYMKENT[1]) -> None:
        """Send where one is."""
        await self._send_kind("location", {"location": {"latitude": latitude, "longitude": longitude}})

    async def send_contact(self, phone: str = "+77010000000", name: str | None = None) -> None:
        """Send a phone number from the address book, by default one's own."""
        contact: Json = {"phone_number": phone, "first_name": name or self.person.name}
        await self._send_kind("contact", {"contact": contact | ({} if name else {"user_id": self.person.id})})

    async def send_voice(self) -> None:
        """Send a voice message."""
        await self._send_kind("voice", {"voice": {**_FILE, "duration": 7, "mime_type": "audio/ogg"}})

    async def send_audio(self) -> None:
        """Send a piece of music."""
        await self._send_kind("audio", {"audio": {**_FILE, "duration": 60, "title": "A song"}})

    async def send_video_note(self) -> None:
        """Send a round video."""
        await self._send_kind("video_note", {"video_note": {**_FILE, "duration": 7, "length": 240}})

    async def send_video(self, caption: str | None = None) -> None:
        """Send a video."""
        await self._send_kind("video", {"video": {**_FILE, "duration": 7, "width": 320, "height": 240}}, caption)

    async def send_photo(self, caption: str | None = None) -> None:
        """Send a photo, with words below it or without."""
        await self._send_kind("photo", {"photo": [{**_FILE, "width": 800, "height": 600}]}, caption)

    async def send_document(self, caption: str | None = None, file_name: str = "passport.pdf") -> None:
        """Send a file."""
        await self._send_kind("document", {"document": {**_FILE, "file_name": file_name}}, caption)

    async def send_sticker(self) -> None:
        """Send a sticker."""
        sticker = {
            **_FILE,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
        await self._send_kind("sticker", {"sticker": {**sticker, "emoji": "🙂"}})

    async def send_dice(self) -> None:
        """Throw dice."""
        await self._send_kind("dice", {"dice": {"emoji": "🎲", "value": 3}})

    async def send_poll(self) -> None:
        """Send a poll."""
        options = [{"persistent_id": str(n), "text": word, "voter_count": 0} for n, word in enumerate(("Yes", "No"))]
        flags = {
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        await self._send_kind("poll", {"poll": {"id": "1", "question": "Today?", "options": options, **flags}})

    async def send_game(self) -> None:
        """Send a game."""
        photo = [{**_FILE, "width": 320, "height": 240}]
        await self._send_kind("game", {"game": {"title": "A game", "description": "A game", "photo": photo}})

    async def send_unknown(self) -> None:
        """Send something this version of the Bot API has no field for."""
        await self._send_kind("unknown", {})

    async def send_timer(self) -> None:
        """Let messages delete themselves: Telegram tells the bot so by a line of its own."""
        line = {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}
        await self._send_kind("message_auto_delete_timer_changed", line)

    async def inline(self, query: str, *, offset: str = "") -> list[Json]:
        """Type `@bot query` in another chat; what the bot offers, as Telegram's InlineQueryResult objects."""
        asked = self.world.ask(self.room)
        body: Json = {"id": asked.id, "from": self.person.to_json(), "query": query, "offset": offset}
        await self.feed("inline_query", body | {"chat_type": "sender"})
        return list((asked.answer or {}).get("results", []))

    async def choose(self, result: Json, query: str = "") -> None:
        """Tap one of what `inline` gave: Telegram sends it to the other chat and tells the bot which it was."""
        await self.feed(
            "chosen_inline_result", {"result_id": result["id"], "from": self.person.to_json(), "query": query}
        )

    async def block(self) -> None:
        """Block the bot."""
        self.room.is_blocked = True
        self.world.note(self.room)
        await self._membership("member", "kicked")

    async def unblock(self) -> None:
        """Let the bot write again."""
        self.room.is_blocked = False
        self.world.note(self.room)
        await self._membership("kicked", "member")

    async def post_in_channel(self, text: str) -> None:
        """A post in a channel the bot was added to."""
        room = self.world.new_room("channel", "News")
        post = self.world.post(room, Message(0, 0, self.person.id, 0, text=text))
        await self.feed("channel_post", self.world.message_json(post))

    async def send_business(self, text: str) -> None:
        """A message to a business account the bot is connected to."""
        message = Message(0, 0, self.person.id, 0, text=text)
        body = self.world.message_json(self.world.post(self.room, message))
        await self.feed("business_message", body | {"business_connection_id": "connection"})

    async def feed(self, kind: str, body: Json) -> None:
        """Hand over an update of any kind, as polling would, and carry out what comes back."""
        data = {"update_id": self.world.next_update_id(), kind: body}
        if self.wire:
            await self.wire.carry(data)
            return
        if self.is_lean:
            answer = await Lane(self.dispatcher, self.bot).answer(arrived(data, self.bot))
        else:
            update = Update.model_validate(data, context={"bot": self.bot})
            answer = await self.dispatcher.feed_update(self.bot, update)
        if isinstance(answer, LAST):
            await self._say(answer)

    # How it is done

    async def _say(self, last: Last) -> None:
        """What a handler left to say; an acknowledgement that came too late, or met a fault, hurts nobody."""
        try:
            await call(self.bot, last)
        except (TelegramServerError, TelegramNetworkError):
            if not isinstance(last, Acknowledgement):
                raise
        except TelegramBadRequest as error:
            if "query is too old" not in error.message:
                raise

    async def _send_kind(self, kind: str, content: Json, caption: str | None = None) -> None:
        await self._send(Message(0, 0, self.person.id, 0, kind, caption or "", content=content))

    async def _send(self, message: Message) -> None:
        self.room.is_started = True
        asked = self.room.messages.get(self.room.replying_to or 0)
        if asked and not asked.is_deleted and message.reply_to is None:
            message = replace(message, reply_to=asked.id)
        self.room.replying_to = None
        sent = self.world.post(self.room, message)
        await self.feed("message", self.world.message_json(sent))

    async def _press(self, message: Message, button: Button) -> None:
        if button.kind == "callback_data":
            await self.press_old(message.id, button.value)
        elif button.kind == "copy_text":
            self.copied = button.value
        else:
            self.opened = button.value

    async def _membership(self, before: str, after: str) -> None:
        member = {"user": self.world.bot, "until_date": 0}
        body = {
            "chat": self.room.to_json(),
            "from": self.person.to_json(),
            "date": int(self.world.now()),
            "old_chat_member": {**member, "status": before},
            "new_chat_member": {**member, "status": after},
        }
        await self.feed("my_chat_member", body)
