"""The tests run on what the bot runs on: aiogram is imported lazily before anything else brings it in."""

from bot import lazy

lazy.import_aiogram()
