"""python-telegram-bot as its documentation begins: an echo."""

# mypy: ignore-errors
# Its library is installed by the bench, not here.

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    await update.message.reply_text(update.message.text)


app = (
    Application.builder()
    .token(os.environ["BOT_TOKEN"])
    .base_url(f"{os.environ['TELEGRAM_API_BASE']}/bot")
    .concurrent_updates(64)
    .connection_pool_size(64)
    .build()
)
app.add_handler(MessageHandler(filters.TEXT, echo))
if os.environ["BENCH_MODE"] == "polling":
    app.run_polling()
else:
    app.run_webhook(
        listen="127.0.0.1",
        port=int(os.environ["BENCH_PORT"]),
        url_path="hook",
        secret_token=os.environ["BENCH_SECRET"],
        webhook_url=f"http://127.0.0.1:{os.environ['BENCH_PORT']}/hook",
    )
