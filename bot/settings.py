"""The environment and `.env`, read once into one frozen Settings; nothing else reads os.environ."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

Network = IPv4Network | IPv6Network
ROOT = Path(__file__).resolve().parent.parent


class BadSetting(Exception):
    """A setting cannot be used; the message names it and says how to mend it."""


@dataclass(frozen=True)
class Settings:
    """Every setting, with its default; `SETTINGS` maps the environment's names to these fields."""

    bot_token: str | None = None
    telegram_api_base: str = "https://api.telegram.org"
    data_dir: Path = ROOT / "data"
    database_url: str = ""
    redis_url: str = ""
    content_dir: Path = ROOT / "content"
    locales_dir: Path = ROOT / "locales"
    web_host: str = "127.0.0.1"
    web_port: int = 8080
    public_origin: str = ""
    secret: str = ""
    proxy: str | None = None
    staff_group: str = ""
    smallest_count: int = 5
    keep_days: int = 400
    webhook_url: str = ""
    webhook_secret: str = ""
    webhook_host: str = "127.0.0.1"
    webhook_port: int = 8443
    webhook_networks: tuple[Network, ...] = ()
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = None
    is_lean: bool = True
    is_listening: bool = True

    @property
    def database(self) -> str:
        """The URL of the database; an SQLite file in the data directory unless another is named."""
        return self.database_url or f"sqlite:///{self.data_dir / 'safar.db'}"

    @property
    def database_file(self) -> Path:
        """The file of the embedded database."""
        return Path(self.database.removeprefix("sqlite:///"))


def load(environment: Mapping[str, str] | None = None, dotenv: Path | None = ROOT / ".env") -> Settings:
    """Settings from the environment, which wins over `.env`; raises BadSetting."""
    given = {**read_dotenv(dotenv), **(os.environ if environment is None else environment)}
    values = {
        field: _read(name, given[name].strip()) for name, field in SETTINGS.items() if given.get(name, "").strip()
    }
    found = Settings(**values)  # type: ignore[arg-type]  # _read gives each field its own type
    _refuse_open_house(found)
    if found.webhook_url and not found.webhook_secret:
        raise BadSetting("WEBHOOK_SECRET is not set: with WEBHOOK_URL it tells Telegram from everybody else.")
    if found.redis_url and not found.secret:
        raise BadSetting("SECRET is not set: with REDIS_URL it makes the keys in Redis, so that they name nobody.")
    return found


def read_dotenv(path: Path | None) -> dict[str, str]:
    """`NAME=value` lines of a file; comments, quotes and `export` as people write them."""
    if path is None or not path.is_file():
        return {}
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        stripped = line.strip().removeprefix("export ").strip()
        if not stripped or stripped.startswith("#"):
            continue
        name, equals, value = stripped.partition("=")
        if not equals:
            raise BadSetting(f".env, line {number}: write NAME=value.")
        found[name.strip()] = value.strip().strip("'\"")
    return found


SETTINGS = {
    "BOT_TOKEN": "bot_token",
    "TELEGRAM_API_BASE": "telegram_api_base",
    "DATA_DIR": "data_dir",
    "DATABASE_URL": "database_url",
    "REDIS_URL": "redis_url",
    "CONTENT_DIR": "content_dir",
    "LOCALES_DIR": "locales_dir",
    "WEB_HOST": "web_host",
    "WEB_PORT": "web_port",
    "PUBLIC_ORIGIN": "public_origin",
    "SECRET": "secret",
    "PROXY": "proxy",
    "STAFF_GROUP": "staff_group",
    "SMALLEST_COUNT": "smallest_count",
    "KEEP_DAYS": "keep_days",
    "WEBHOOK_URL": "webhook_url",
    "WEBHOOK_SECRET": "webhook_secret",
    "WEBHOOK_HOST": "webhook_host",
    "WEBHOOK_PORT": "webhook_port",
    "WEBHOOK_NETWORKS": "webhook_networks",
    "METRICS_HOST": "metrics_host",
    "METRICS_PORT": "metrics_port",
    "LEAN": "is_lean",
    "STAFF_WORDS": "is_listening",
}

_SHAPES = {
    "BOT_TOKEN": (r"\d{5,}:[A-Za-z0-9_-]{30,}", "copy it whole from @BotFather, like 123456789:AA…"),
    "TELEGRAM_API_BASE": (
        r"https?://\S+",
        "give an address that begins with https://, or leave it out for Telegram's own",
    ),
    "DATABASE_URL": (
        r"sqlite:///.+|postgres(ql)?://\S+",
        "give sqlite:///path/to/file.db or postgresql://user@host/name, or leave it out for a file in DATA_DIR",
    ),
    "REDIS_URL": (
        r"(rediss?|unix)://\S+",
        "give redis://host:6379/0, or leave it out where one instance runs alone",
    ),
    "PUBLIC_ORIGIN": (
        r"https://[a-z0-9.-]+(:\d{1,5})?/?",
        "give the address people type for the desk, like https://desk.example.org, with https and without a path",
    ),
    "SECRET": (r"\S{32,}", "give at least 32 random characters, like those of: openssl rand -hex 32"),
    "WEBHOOK_URL": (
        r"(https://[^\s/]+|http://127\.0\.0\.1:\d+)(/\S*)?",
        "give the address Telegram shall bring updates to, like https://bot.example.org/telegram",
    ),
    "WEBHOOK_SECRET": (
        r"[A-Za-z0-9_-]{16,256}",
        "give 16 to 256 random letters, digits, _ or -, like those of: openssl rand -hex 32",
    ),
    "PROXY": (
        r"(https?|socks[45])://\S+",
        "give an address like socks5://user:password@host:1080 or http://host:3128",
    ),
}
_SHAPES["STAFF_GROUP"] = (
    r"-?\d{5,20}(:(ru|kk|uz|en))?",
    "give the group's number in Telegram, like -1001234567890, and :kk behind it for its language (ru without one)",
)
_NUMBERS = {
    "WEB_PORT": (0, 65535),
    "WEBHOOK_PORT": (0, 65535),
    "METRICS_PORT": (0, 65535),
    "SMALLEST_COUNT": (1, 1000),
    "KEEP_DAYS": (30, 36500),
}
_TELEGRAM = ("149.154.160.0/20", "91.108.4.0/22")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _refuse_open_house(settings: Settings) -> None:
    """Off this machine there is only the desk, behind https and sign-in; the local chat is for nobody else's eyes."""
    is_away = settings.web_host not in _LOOPBACK or settings.public_origin
    missing = [name for name in ("PUBLIC_ORIGIN", "SECRET") if not getattr(settings, SETTINGS[name])]
    if is_away and missing:
        raise BadSetting(
            f"{missing[0]} is not set: WEB_HOST and PUBLIC_ORIGIN take the desk off this machine, and then it needs"
            " PUBLIC_ORIGIN (an https address) and SECRET. Set them, or leave all three out."
        )


def _read(name: str, value: str) -> object:
    """One value in its field's type. The value itself is never repeated: it may be a secret."""
    if name in _SHAPES:
        shape, mend = _SHAPES[name]
        if not re.fullmatch(shape, value):
            raise BadSetting(f"{name} cannot be used: {mend}.")
        return value.rstrip("/") if name in ("TELEGRAM_API_BASE", "PUBLIC_ORIGIN") else value
    if name in _NUMBERS:
        low, high = _NUMBERS[name]
        if not re.fullmatch(r"\d{1,5}", value) or not low <= int(value) <= high:
            raise BadSetting(f"{name} cannot be used: give a whole number from {low} to {high}.")
        return int(value)
    if name == "WEBHOOK_NETWORKS":
        return _networks(value)
    if name in ("LEAN", "STAFF_WORDS"):
        if value.lower() not in ("yes", "no"):
            raise BadSetting(f"{name} cannot be used: give yes or no.")
        return value.lower() == "yes"
    if name in ("CONTENT_DIR", "LOCALES_DIR"):
        folder = Path(value).expanduser()
        if not folder.is_dir():
            raise BadSetting(f"{name} cannot be used: there is no such folder. Create it, or leave the setting out.")
        return folder
    if name == "DATA_DIR":
        folder = Path(value).expanduser()
        if folder.exists() and not folder.is_dir():
            raise BadSetting("DATA_DIR cannot be used: that is a file. Name a folder the bot may write to.")
        return folder
    return value


def _networks(value: str) -> tuple[Network, ...]:
    """`telegram`, or networks with commas between them."""
    try:
        return tuple(ip_network(one.strip()) for one in (_TELEGRAM if value == "telegram" else value.split(",")))
    except ValueError:
        raise BadSetting(
            "WEBHOOK_NETWORKS cannot be used: give telegram, or networks like 149.154.160.0/20, 10.0.0.1/32."
        ) from None
