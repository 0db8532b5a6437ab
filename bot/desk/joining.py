"""A draft that was overtaken: what it changes is put into the newer words, and everything else stays as published."""

from aiohttp import web

from bot.content.editing import leaves, value_at, with_items, with_value, with_words
from bot.desk import texts
from bot.desk.drafts import mark
from bot.desk.visit import WRITERS, Page, Refused, Visit, address_of
from bot.store.staff import Draft

LISTS = ("content/lexicon.yaml", "content/danger.yaml")


def pages() -> list[Page]:
    return [Page("POST", "/join", join, WRITERS)]


def join(visit: Visit) -> web.Response:
    """Let a draft stand over what is in force now; the draft is found among those there are."""
    drafts, wanted = visit.desk.drafts, visit.form.get("draft", "")
    draft = next((one for one in visit.desk.staff.drafts() if f"{one.file}\n{one.key}" == wanted), None)
    if draft is None or not _is_ours(draft):
        raise Refused(visit.say("There is nothing here."), 404)
    if not _may(visit, draft):
        raise Refused(visit.say("Your role does not allow this."), 403)
    unit = draft.file, draft.key
    new = joined(draft, drafts.published(unit))
    drafts.rebase(unit)
    drafts.save(unit, new, mark(draft.body), visit.person.name, draft.state, draft.is_machine)
    visit.note("save draft", f"{draft.file}: {draft.key}"[:100])
    return web.Response(status=303, headers={"Location": address_of(*unit)})


def joined(draft: Draft, published: str) -> str:
    """The published words with what the draft changes; where both changed the same, the draft's words stand."""
    if not published or not draft.body or draft.file.endswith(".po"):
        return draft.body
    if draft.file in LISTS:
        return _lists(draft, published)
    before, after = ({path: said for path, (said, _, _) in leaves(text).items()} for text in (draft.base, draft.body))
    for path, said in after.items():
        if before.get(path) != said:
            published = with_words(published, path, said)
    for path in before.keys() - after.keys():
        if path in leaves(published):
            published = with_value(published, path, None)
    return published


def _lists(draft: Draft, published: str) -> str:
    base, mine, theirs = (value_at(text, [draft.key]) or [] for text in (draft.base, draft.body, published))
    kept = [word for word in theirs if word in mine or word not in base]
    return with_items(published, [draft.key], [*kept, *(word for word in mine if word not in base)])


def _is_ours(draft: Draft) -> bool:
    return draft.file in LISTS or draft.file.endswith(".po") or "/flow." in draft.file


def _may(visit: Visit, draft: Draft) -> bool:
    """As the form of the draft itself decides."""
    if draft.file.endswith(".po"):
        return texts.may_write(visit, draft.file.split("/")[1])
    name = draft.file.rpartition("/")[2].split(".")
    return texts.may_write(visit, name[1]) if name[0] == "flow" and len(name) > 2 else visit.may_edit
