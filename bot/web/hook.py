"""Hook: what is done with a request to the webhook, whoever has read it from the network.

The response is held until the update is answered, so that Telegram brings it again to the next process if this one is
killed. A method goes along in the response only where nobody needs to know what came of it: acknowledgements and
inline results. Messages are called for: /hide must know the id of each, and a safety screen must not get lost unseen.
"""

import asyncio
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import urlsplit

from aiogram import Bot

from bot.telegram.arrival import arrived
from bot.telegram.hands import Hands

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
LARGEST_BODY = 1024 * 1024

Network = IPv4Network | IPv6Network
Response = tuple[int, bytes]  # a status, and words why; with 200 the method that goes along, or nothing


@dataclass(frozen=True)
class Webhook:
    """Where Telegram brings updates, what it proves itself with, and from which networks; none means from any."""

    url: str
    secret: str
    networks: Sequence[Network] = ()


class Hook:
    """Nothing but the one address, by POST, in JSON, with the secret."""

    def __init__(self, hands: Hands, bot: Bot, webhook: Webhook) -> None:
        self._hands, self._bot, self._networks = hands, bot, webhook.networks
        self._secret = webhook.secret.encode()
        self.path = urlsplit(webhook.url).path or "/"

    def refused(self, remote: str | None, secret: bytes, kind: str) -> Response | None:
        """Why whoever sends this, or what they send, is not let in."""
        if self._networks and not _is_within(remote, self._networks):
            return 403, b"Not from here."
        if not hmac.compare_digest(secret, self._secret):
            return 401, b"The secret is missing or wrong."
        if kind.partition(";")[0].strip().lower() != "application/json":
            return 415, b"Send application/json."
        return None

    def take(self, body: bytes) -> "Response | asyncio.Future[bytes]":
        """What to say at once, or whom to wait for: the method that goes along in the response, or nothing."""
        try:
            raw = json.loads(body.decode())
        except (ValueError, RecursionError):
            return 400, b"This is not JSON."
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return 400, b"This is no update."
        arrival, hands = arrived(raw, self._bot), self._hands
        if hands.is_closed or hands.is_in_hand(arrival.number) or not hands.has_room(arrival):
            return 503, b"Bring it again in a moment."
        hands.tally.is_reached = True
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        return answer if hands.take(arrival, answer) else (200, b"")


def _is_within(remote: str | None, networks: Sequence[Network]) -> bool:
    try:
        return any(ip_address(remote or "") in network for network in networks)
    except ValueError:
        return False
