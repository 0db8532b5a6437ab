"""Which phrases the code says, and what is missing of them in locales/; for check and its tests."""

import ast
from collections.abc import Iterable
from pathlib import Path

from babel.messages.pofile import PoFileError

from bot.locales import BOT, DESK, SOURCE, read_catalogue

_SAYING = ("say", "say_count")
_PACKAGE = Path(__file__).parent


def said_in_code(package: Path = _PACKAGE) -> dict[str, str | None]:
    """Every phrase the bot gives to `say`, and for counted ones its plural."""
    return _said(path for path in sorted(package.rglob("*.py")) if not _is_for_staff(path.relative_to(package)))


def said_at_desk(package: Path = _PACKAGE) -> dict[str, str | None]:
    """Every phrase for staff, in the code and templates of the desk and in what they read of demand."""
    from jinja2 import Environment, nodes

    phrases = _said(path for path in sorted(package.rglob("*.py")) if _is_for_staff(path.relative_to(package)))
    for path in sorted((package / "desk").rglob("*.html")):
        for call in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in _SAYING:
                texts = [one.value for one in call.args if isinstance(one, nodes.Const) and isinstance(one.value, str)]
                if texts:
                    phrases[texts[0]] = texts[1] if len(texts) > 1 else None
    return phrases


def _is_for_staff(path: Path) -> bool:
    return path.parts[0] in ("desk", "demand")


def _said(paths: Iterable[Path]) -> dict[str, str | None]:
    phrases: dict[str, str | None] = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or _name(node.func) not in _SAYING:
                continue
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if texts:
                phrases[texts[0]] = texts[1] if len(texts) > 1 else None
    return phrases


def check_phrases(folder: Path) -> list[tuple[str, int, str]]:
    """(file, line, what) for every phrase a language lacks, and every one that nothing says any more."""
    found = [*_check(folder, BOT, said_in_code()), *_check(folder, DESK, said_at_desk())]
    for language in sorted(folder.glob("*/language.yaml")):
        has_none = not (language.parent / "LC_MESSAGES" / "messages.po").is_file()
        is_own = b"spelled_from" not in language.read_bytes()
        if has_none and is_own and language.parent.name != SOURCE:
            found.append((f"{language.parent.name}/LC_MESSAGES/messages.po", 1, "the file of phrases is missing"))
    return found


def _check(folder: Path, whose: str, said: dict[str, str | None]) -> list[tuple[str, int, str]]:
    found: list[tuple[str, int, str]] = []
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{whose}.po")):
        name = path.relative_to(folder).as_posix()
        try:
            catalogue = read_catalogue(path)
        except (OSError, ValueError, PoFileError):
            continue  # loading has named this one already
        translated = {}
        for message in catalogue:
            ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if ids[0]:
                translated[ids[0]] = all(forms) and "fuzzy" not in message.flags
                if ids[0] not in said:
                    found.append((name, message.lineno or 1, f"“{ids[0]}” is no phrase of the bot any more; remove it"))
                elif not translated[ids[0]]:
                    found.append((name, message.lineno or 1, f"“{ids[0]}” has no finished translation"))
        found += [
            (name, 1, f"“{phrase}” is missing; add it with its translation")
            for phrase in said
            if phrase not in translated
        ]
    return found


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
