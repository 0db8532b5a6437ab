"""Bare aiogram as its own documentation begins: an echo."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message: Message) -> object:
    """Say it back: by a call, or as the webhook's response."""
    if "BENCH_REPLYING" in os.environ:
        return message.answer(message.text or "")
    return await message.answer(message.text or "")


async def main() -> None:
    """By polling or by webhook."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API_BASE"]))
    bot = Bot(os.environ["BOT_TOKEN"], session=session)
    if os.environ["BENCH_MODE"] == "polling":
        await dispatcher.start_polling(bot, handle_signals=False)
        return
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=os.environ["BENCH_SECRET"])
    handler.register(app, path="/hook")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["BENCH_PORT"])).start()
    await asyncio.Event().wait()


asyncio.run(main())
