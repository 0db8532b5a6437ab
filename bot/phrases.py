"""Which phrases the code says, and what is missing of them in locales/; for check and its tests."""

import ast
from collections.abc import Iterable
from pathlib import Path

from babel.messages.pofile import PoFileError

from bot.locales import BOT, DESK, SOURCE, Fault, read_catalogue
from bot.sentence import Sentence

_SAYING = ("say", "say_count")
_FINDING = "Sentence"  # what is found in editors' files, by whatever finds it; the desk says it
_PACKAGE = Path(__file__).parent


def said_in_code(package: Path = _PACKAGE) -> dict[str, str | None]:
    """Every phrase the bot gives to `say`, and for counted ones its plural."""
    return _said(path for path in sorted(package.rglob("*.py")) if not _is_for_staff(path.relative_to(package)))


def said_at_desk(package: Path = _PACKAGE) -> dict[str, str | None]:
    """Every phrase for staff, in the code and templates of the desk, in what they read of demand, and all findings."""
    from jinja2 import Environment, nodes

    paths = sorted(package.rglob("*.py"))
    phrases = _said(path for path in paths if _is_for_staff(path.relative_to(package))) | _said(paths, (_FINDING,))
    for path in sorted((package / "desk").rglob("*.html")):
        for call in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in _SAYING:
                texts = [one.value for one in call.args if isinstance(one, nodes.Const) and isinstance(one.value, str)]
                if texts:
                    phrases[texts[0]] = texts[1] if len(texts) > 1 else None
    return phrases


def _is_for_staff(path: Path) -> bool:
    return path.parts[0] in ("desk", "demand")


def _said(paths: Iterable[Path], saying: tuple[str, ...] = _SAYING) -> dict[str, str | None]:
    phrases: dict[str, str | None] = {}
    for path in paths:
        words = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(words)) if any(f"{name}(" in words for name in saying) else ():
            if not isinstance(node, ast.Call) or _name(node.func) not in saying:
                continue
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if texts:
                phrases[texts[0]] = texts[1] if len(texts) > 1 else None
    return phrases


def check_phrases(folder: Path) -> list[Fault]:
    """(file, line, what) for every phrase a language lacks, and every one that nothing says any more."""
    found = [*_check(folder, BOT, said_in_code()), *_check(folder, DESK, said_at_desk())]
    for language in sorted(folder.glob("*/language.yaml")):
        has_none = not (language.parent / "LC_MESSAGES" / "messages.po").is_file()
        is_own = b"spelled_from" not in language.read_bytes()
        if has_none and is_own and language.parent.name != SOURCE:
            name = f"{language.parent.name}/LC_MESSAGES/messages.po"
            found.append((name, 1, Sentence("the file of phrases is missing")))
    return found


def _check(folder: Path, whose: str, said: dict[str, str | None]) -> list[Fault]:
    found: list[Fault] = []
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
                    what = Sentence("“{phrase}” is no phrase of the bot any more; remove it", phrase=ids[0])
                    found.append((name, message.lineno or 1, what))
                elif not translated[ids[0]]:
                    what = Sentence("“{phrase}” has no finished translation", phrase=ids[0])
                    found.append((name, message.lineno or 1, what))
        found += [
            (name, 1, Sentence("“{phrase}” is missing; add it with its translation", phrase=phrase))
            for phrase in said
            if phrase not in translated
        ]
    return found


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
