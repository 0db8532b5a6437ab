"""What changed between two states of a file, in passages a lawyer can read."""

from markupsafe import Markup
from yaml import YAMLError

from bot import po
from bot.content.editing import entries, entry, header, leaves, section, value_at
from bot.content.topics import HEADER, PARTS
from bot.desk.sentences import difference
from bot.desk.text_form import SHORT, part_names
from bot.desk.visit import Visit

_MOST = 12_000  # letters of a passage that are compared word by word


def passages(visit: Visit, file: str, old: str, new: str) -> list[tuple[str, Markup]]:
    """Each passage that differs: what it is called, and its words with marks."""
    if file.endswith(".md"):
        return _text(visit, old, new)
    if file.endswith(".po"):
        return _phrases(old, new)
    if "/flow." in file:
        return _leaves(old, new)
    names = dict.fromkeys([*entries(old), *entries(new)])
    if not names or not file.endswith(".yaml"):
        return [(file.rpartition("/")[2], _marked(old, new))]
    found = [(name, entry(old, name), entry(new, name)) for name in names]
    return [(name, _listed(name, one, other) or _marked(one, other)) for name, one, other in found if one != other]


def _listed(name: str, old: str, new: str) -> Markup:
    """The words that were put into a list or taken out of it; nothing where an entry is no list of words."""
    before, after = (value_at(entry, [name]) if entry else [] for entry in (old, new))
    if not isinstance(before, list) or not isinstance(after, list):
        return Markup("")
    gone = [Markup("<del>{}</del>").format(word) for word in before if word not in after]
    fresh = [Markup("<ins>{}</ins>").format(word) for word in after if word not in before]
    return Markup(", ").join([*gone, *fresh])


def _text(visit: Visit, old: str, new: str) -> list[tuple[str, Markup]]:
    names = part_names(visit)
    found = [(name, header(old, name), header(new, name)) for name in HEADER]
    for part in (SHORT, *PARTS):
        key = "" if part == SHORT else part
        found.append((names[part], section(old, key), section(new, key)))
    return [(name, _marked(one, other)) for name, one, other in found if one != other]


def _leaves(old: str, new: str) -> list[tuple[str, Markup]]:
    """Each word of a flow that differs, under the way to it."""
    try:
        before, after = ({path: said for path, (said, _, _) in leaves(text).items()} for text in (old, new))
    except YAMLError:  # a file somebody edited by hand
        return [("", _marked(old, new))]
    paths = dict.fromkeys([*before, *after])
    return [
        (" › ".join(path), _marked(before.get(path, ""), after.get(path, "")))
        for path in paths
        if before.get(path) != after.get(path)
    ]


def _phrases(old: str, new: str) -> list[tuple[str, Markup]]:
    before, after = ({id: "\n".join(one.strings) for id, one in po.phrases(text).items()} for text in (old, new))
    ids = dict.fromkeys([*before, *after])
    return [(id, _marked(before.get(id, ""), after.get(id, ""))) for id in ids if before.get(id) != after.get(id)]


def _marked(old: str, new: str) -> Markup:
    """Only the lines around a change; a long passage is compared line by line."""
    if len(old) + len(new) < _MOST:
        return difference(old, new)
    before, after = old.split("\n"), new.split("\n")
    gone = [line for line in before if line not in set(after)]
    fresh = [line for line in after if line not in set(before)]
    return difference("\n".join(gone)[:_MOST], "\n".join(fresh)[:_MOST])
