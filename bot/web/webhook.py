"""Telegram's own door: updates that it brings, taken only from it, answered in order like those that are polled."""

import asyncio
import logging
from typing import TYPE_CHECKING

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiogram.utils.backoff import Backoff, BackoffConfig

from bot.locales import Languages
from bot.telegram.commands import set_commands
from bot.telegram.hands import HELD, Hands
from bot.telegram.polling import TokenRefused
from bot.telegram.routes import UPDATES
from bot.web.hook import LARGEST_BODY, SECRET_HEADER, Hook, Webhook

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

CONNECTIONS = 100  # Telegram's most: each holds one update until it is answered
LOOK_EVERY = 60.0  # seconds between two looks whether Telegram still brings updates here
_BACKOFF = BackoffConfig(min_delay=1.0, max_delay=30.0, factor=1.5, jitter=0.2)
_AWAY = "Telegram cannot be told of WEBHOOK_URL; trying again until it can. Check the network or PROXY."
_ELSEWHERE = "Another program has set another webhook for this BOT_TOKEN. Stop it: only one may."


def build_webhook(hook: Hook) -> "web.Application":
    """The listener of aiohttp, which is imported with it."""
    from aiohttp import web

    async def take(request: web.Request) -> web.Response:
        secret = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        taken = hook.refused(request.remote, secret, request.content_type) or hook.take(await request.read())
        if isinstance(taken, tuple):
            return web.Response(status=taken[0], body=taken[1])
        try:
            body = await asyncio.wait_for(taken, HELD)
        except TimeoutError:
            return web.Response()  # it goes on beside; what it is answered with will be called for
        return web.Response(body=body, content_type="application/json") if body else web.Response()

    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_post(hook.path, take)
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
