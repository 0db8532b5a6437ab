"""The house stands: each package imports lower floors only, and the README says what is."""

import ast
import re
from pathlib import Path

import pytest

from bot.__main__ import parser
from bot.settings import ROOT, SETTINGS

FLOORS = {
    "apart": 1,
    "clock": 0,
    "lazy": 0,
    "log": 0,
    "safety": 0,
    "sentence": 0,
    "tls": 0,
    "settings": 0,
    "uzbek": 0,
    "bot_api": 1,
    "content": 1,
    "locales": 1,
    "memory": 1,
    "store": 1,
    "backup": 2,
    "calculators": 2,
    "charts": 2,
    "editions": 2,
    "exchange": 1,
    "matching": 2,
    "phrases": 2,
    "po": 2,
    "snapshot": 3,
    "phrasebook": 4,
    "demand": 3,
    "documents": 3,
    "screens": 3,
    "asking": 4,
    "tree": 4,
    "telegram": 4,
    "schedule": 5,
    "simulator": 5,
    "web": 6,
    "library": 6,
    "desk": 7,
    "findings": 7,
    "fake_telegram": 7,
    "app": 8,
    "figures": 9,
    "printing": 9,
    "__main__": 10,
}
OWNERS = {
    "os.environ": "settings",
    "sqlite3": "store",
    "sqlite_utils": "store",
    "asyncpg": "store",
    "redis": "memory",
    "dulwich": "editions",
}


def packages() -> list[Path]:
    return [path for path in sorted((ROOT / "bot").rglob("*.py")) if path != ROOT / "bot" / "__init__.py"]


def home(path: Path) -> str:
    return path.relative_to(ROOT / "bot").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", packages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_package_imports_itself_and_lower_floors_only(path: Path) -> None:
    own = home(path)

    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom) and node.module == "bot":
            names = [f"bot.{alias.name}" for alias in node.names]
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if not name.startswith("bot."):
                continue
            other = name.split(".")[1]
            assert other == own or FLOORS[other] < FLOORS[own], f"{path.name} reaches up to {name}"


@pytest.mark.parametrize(("library", "owner"), OWNERS.items())
def test_what_touches_the_world_has_one_owner(library: str, owner: str) -> None:
    users = {home(path) for path in packages() if re.search(rf"\b{re.escape(library)}\b", _code(path))}

    assert users <= {owner}


def test_the_table_of_settings_in_the_readme_is_what_the_bot_reads() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    named = set(re.findall(r"^\| `([A-Z_]+)`", readme, re.MULTILINE))

    assert named == set(SETTINGS)


def test_every_command_of_the_readme_exists_and_every_command_is_in_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    shown = set(re.findall(r"python -m bot ([\w-]+)", readme))

    choices = next(action.choices for action in parser()._actions if action.choices)
    assert choices is not None
    assert shown == set(choices)


def test_every_make_target_of_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in re.findall(r"`make (\w+)`", readme):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_every_package_by_hash_and_names_no_host(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")

    packages = re.findall(r"^[a-z0-9-]+==[^\\]+\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", lock, re.MULTILINE)

    assert len(packages) == len(re.findall(r"^[a-z0-9-]+==", lock, re.MULTILINE)) > 20
    assert "://" not in lock


def _code(path: Path) -> str:
    """The imports and expressions of a file, without its comments and docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [
        ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom | ast.Attribute)
    ]
    return "\n".join(names)
