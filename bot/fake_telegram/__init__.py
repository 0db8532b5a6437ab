"""Telegram on this machine: a Bot API server over real HTTP, on the rules of the local chat; for tests and load."""

from bot.fake_telegram.faults import Faults
from bot.fake_telegram.people import Posted
from bot.fake_telegram.server import FakeTelegram, fake_telegram

__all__ = ["FakeTelegram", "Faults", "Posted", "fake_telegram"]
