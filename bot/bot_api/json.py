"""The plain values that travel to and from Telegram."""

from typing import Any

Json = dict[str, Any]
