"""Settings: read once, from the environment before .env; a bad value names itself and its mend."""

from pathlib import Path

import pytest

from bot import settings
from bot.settings import BadSetting


def test_nothing_set_gives_the_defaults() -> None:
    found = settings.load({}, dotenv=None)

    assert found.bot_token is None
    assert (found.web_host, found.web_port) == ("127.0.0.1", 8080)
    assert found.database == f"sqlite:///{found.data_dir / 'safar.db'}"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# ours\nexport WEB_PORT='9000'\nSMALLEST_COUNT=7\n", encoding="utf-8")

    found = settings.load({"WEB_PORT": "9001"}, dotenv=tmp_path / ".env")

    assert (found.web_port, found.smallest_count) == (9001, 7)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "123:short"),
        ("TELEGRAM_API_BASE", "api.telegram.org"),
        ("DATABASE_URL", "mysql://x"),
        ("WEB_PORT", "80800"),
        ("WEB_PORT", "a"),
        ("PUBLIC_ORIGIN", "http://desk.example.org"),
        ("PUBLIC_ORIGIN", "https://desk.example.org/path"),
        ("SECRET", "short"),
        ("SMALLEST_COUNT", "0"),
        ("KEEP_DAYS", "-1"),
        ("LEAN", "perhaps"),
        ("PROXY", "myhost:99"),
        ("WEBHOOK_URL", "http://bot.example.org/hook"),
        ("WEBHOOK_SECRET", "short"),
        ("WEBHOOK_NETWORKS", "everybody"),
        ("METRICS_PORT", "99999"),
        ("CONTENT_DIR", "/no/such/folder"),
        ("LOCALES_DIR", "/no/such/folder"),
    ],
)
def test_a_bad_value_names_the_setting_and_the_mend_but_not_the_value(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        settings.load({name: value}, dotenv=None)

    assert str(refused.value).startswith(f"{name} cannot be used: ")
    assert value not in str(refused.value) or len(value) == 1


def test_a_line_of_the_file_that_is_no_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TOKEN\n", encoding="utf-8")

    with pytest.raises(BadSetting, match="line 1"):
        settings.load({}, dotenv=tmp_path / ".env")


@pytest.mark.parametrize(
    "given",
    [
        {"WEB_HOST": "0.0.0.0"},
        {"WEB_HOST": "0.0.0.0", "SECRET": "s" * 32},
        {"WEB_HOST": "0.0.0.0", "PUBLIC_ORIGIN": "https://desk.example.org"},
        {"PUBLIC_ORIGIN": "https://desk.example.org"},
    ],
)
def test_off_this_machine_nothing_starts_without_a_secret_and_an_https_address(given: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match=r"is not set: WEB_HOST and PUBLIC_ORIGIN"):
        settings.load(given, dotenv=None)


def test_off_this_machine_both_open_the_desk() -> None:
    given = {"WEB_HOST": "0.0.0.0", "PUBLIC_ORIGIN": "https://desk.example.org/", "SECRET": "s" * 32}

    assert settings.load(given, dotenv=None).public_origin == "https://desk.example.org"


def test_a_webhook_needs_a_secret_and_may_name_telegrams_networks() -> None:
    hook = {"WEBHOOK_URL": "https://bot.example.org/hook"}
    with pytest.raises(BadSetting, match="WEBHOOK_SECRET is not set"):
        settings.load(hook, dotenv=None)

    found = settings.load({**hook, "WEBHOOK_SECRET": "s" * 20, "WEBHOOK_NETWORKS": "telegram"}, dotenv=None)

    assert [str(one) for one in found.webhook_networks] == ["149.154.160.0/20", "91.108.4.0/22"]
