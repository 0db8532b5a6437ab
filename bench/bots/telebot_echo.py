"""pyTelegramBotAPI's async bot: an echo. Its webhook is an aiohttp server, as in its examples."""

# mypy: ignore-errors
# Its library is installed by the bench, not here.

import asyncio
import os

from aiohttp import web
from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.types import Message, Update

asyncio_helper.API_URL = os.environ["TELEGRAM_API_BASE"] + "/bot{0}/{1}"
bot = AsyncTeleBot(os.environ["BOT_TOKEN"])


@bot.message_handler(func=lambda message: True)
async def echo(message: Message) -> None:
    """Say it back."""
    await bot.send_message(message.chat.id, message.text)


async def hook(request: web.Request) -> web.Response:
    """One update."""
    await bot.process_new_updates([Update.de_json(await request.json())])
    return web.Response()


async def main() -> None:
    """By polling or by webhook."""
    if os.environ["BENCH_MODE"] == "polling":
        await bot.polling(non_stop=True)
        return
    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["BENCH_PORT"])).start()
    await asyncio.Event().wait()


asyncio.run(main())
