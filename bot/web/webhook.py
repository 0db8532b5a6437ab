"""Telegram's own door: updates that it brings, taken only from it, answered in order like those that are polled.

The response is held until the update is answered, so that Telegram brings it again to the next process if this one is
killed. A method goes along in the response only where nobody needs to know what came of it: acknowledgements and
inline results. Messages are called for: /hide must know the id of each, and a safety screen must not get lost unseen.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiogram.methods import AnswerCallbackQuery, AnswerInlineQuery
from aiogram.types import Update
from aiogram.utils.backoff import Backoff, BackoffConfig
from aiohttp import web

from bot.locales import Languages
from bot.telegram.commands import set_commands
from bot.telegram.hands import HELD, Answer, Hands
from bot.telegram.polling import TokenRefused
from bot.telegram.reading import read
from bot.telegram.routes import UPDATES
from bot.telegram.session import as_json

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
LARGEST_BODY = 1024 * 1024
CONNECTIONS = 100  # Telegram's most: each holds one update until it is answered
LOOK_EVERY = 60.0  # seconds between two looks whether Telegram still brings updates here
_ALONG = (AnswerCallbackQuery, AnswerInlineQuery)
_BACKOFF = BackoffConfig(min_delay=1.0, max_delay=30.0, factor=1.5, jitter=0.2)
_AWAY = "Telegram cannot be told of WEBHOOK_URL; trying again until it can. Check the network or PROXY."
_ELSEWHERE = "Another program has set another webhook for this BOT_TOKEN. Stop it: only one may."

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Webhook:
    """Where Telegram brings updates, what it proves itself with, and from which networks; none means from any."""

    url: str
    secret: str
    networks: Sequence[Network] = ()


def build_webhook(hands: Hands, bot: Bot, webhook: Webhook) -> web.Application:
    """The listener: nothing but the one address, by POST, in JSON, with the secret."""
    secret, path = webhook.secret.encode(), urlsplit(webhook.url).path or "/"

    async def take(request: web.Request) -> web.Response:
        if webhook.networks and not _is_within(request.remote, webhook.networks):
            raise web.HTTPForbidden(text="Not from here.")
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret):
            raise web.HTTPUnauthorized(text="The secret is missing or wrong.")
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="Send application/json.")
        update = _read(await request.text(), bot)
        if update is None:
            return web.Response()
        if hands.is_closed or hands.is_full or hands.is_in_hand(update.update_id):
            raise web.HTTPServiceUnavailable(text="Bring it again in a moment.")
        hands.tally.is_reached = True
        answer: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        if not hands.take(update, answer):
            return web.Response()
        try:
            method = await asyncio.wait_for(answer, HELD)
        except TimeoutError:
            return web.Response()  # it goes on beside; what it is answered with will be called for
        return _response(await _left_to_say(hands, bot, method))

    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_post(path, take)
    return app


async def receive(hands: Hands, bot: Bot, languages: Languages, webhook: Webhook) -> None:
    """Tell Telegram where to bring updates, look after it until cancelled, then finish; raises TokenRefused."""
    backoff = Backoff(_BACKOFF)
    commands: asyncio.Task[None] | None = None
    try:
        while True:
            try:
                if commands is None:
                    await _set(bot, webhook)
                    log.info("Telegram brings updates to WEBHOOK_URL")
                    commands = asyncio.create_task(set_commands(bot, languages))
                else:
                    await _look(bot, webhook)
            except TelegramUnauthorizedError as error:
                raise TokenRefused("BOT_TOKEN is refused by Telegram: copy it anew from @BotFather.") from error
            except (AiogramError, OSError):
                hands.tally.is_reached = False
                if backoff.counter == 0:
                    log.warning(_AWAY)
                await backoff.asleep()
                continue
            hands.tally.is_reached = True
            backoff.reset()
            await asyncio.sleep(LOOK_EVERY)
    finally:
        if commands:
            commands.cancel()
        await hands.finish()
        await bot.session.close()


async def _set(bot: Bot, webhook: Webhook) -> None:
    """What waits with Telegram is kept; it stays set when we stop, so that updates wait for the next start."""
    await bot.set_webhook(
        webhook.url, secret_token=webhook.secret, allowed_updates=UPDATES, max_connections=CONNECTIONS
    )


async def _look(bot: Bot, webhook: Webhook) -> None:
    """Whether it is still ours, and what Telegram last met there; the words are Telegram's about our server."""
    found = await bot.get_webhook_info()
    if found.url != webhook.url:
        log.warning(_ELSEWHERE if found.url else "The webhook was taken away; it is set again.")
        if not found.url:
            await _set(bot, webhook)
    elif found.pending_update_count and found.last_error_message:
        log.warning("Telegram cannot bring all updates to WEBHOOK_URL: %s", found.last_error_message)


def _is_within(remote: str | None, networks: Sequence[Network]) -> bool:
    try:
        return any(ip_address(remote or "") in network for network in networks)
    except ValueError:
        return False


def _read(text: str, bot: Bot) -> Update | None:
    """The update; None for one that nobody can read, which is taken all the same so that it does not come for ever."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(text="This is not JSON.") from None
    if not isinstance(body, dict) or not isinstance(body.get("update_id"), int):
        raise web.HTTPBadRequest(text="This is no update.")
    return read(body, bot)


async def _left_to_say(hands: Hands, bot: Bot, method: Answer | None) -> bytes:
    """The method as it goes along; empty where there is none, or it had to be called for."""
    if isinstance(method, _ALONG):
        return json.dumps({"method": method.__api_method__, **as_json(bot, method)}).encode()
    if method is not None:
        await hands.call(method)
    return b""


def _response(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="application/json") if body else web.Response()
