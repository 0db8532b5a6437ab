"""What may be edited or deleted, and when."""

from bot.bot_api.error import bad_request

DELETE_SECONDS = 48 * 3600
DICE_SECONDS = 24 * 3600
MOST_DELETED_AT_ONCE = 100
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
# What each method expects in the message it edits, and what it says otherwise. Newer servers let
# editMessageMedia put a photo over a text; the older refusal is kept, so that nobody here depends on it.
_EXPECTED = {
    "text": (("text", "game"), "there is no text in the message to edit"),
    "caption": (
        ("photo", "video", "animation", "audio", "document", "voice"),
        "there is no caption in the message to edit",
    ),
    "media": (
        ("photo", "video", "animation", "audio", "document"),
        "there is no media in the message to edit",
    ),
    "keyboard": ((), ""),
}


def check_editable(what: str, kind: str, *, is_own: bool, has_reply_keyboard: bool = False) -> None:
    """Whether the text, caption, media or keyboard of a message of this kind can be changed.

    Nobody edits another's message, nor one that brought a reply keyboard.
    """
    if not is_own or has_reply_keyboard:
        raise bad_request("message can't be edited")
    kinds, refusal = _EXPECTED[what]
    if kinds and kind not in kinds:
        raise bad_request(refusal)


def check_differs(old: object, new: object) -> None:
    """An edit must change the words or the keyboard."""
    if old == new:
        raise bad_request(NOT_MODIFIED)


def check_deletable(
    age_seconds: float, *, is_own: bool, is_private: bool, is_admin: bool = False, is_dice: bool = False
) -> None:
    """What is younger than 48 hours: one's own everywhere, another's in a private chat or as admin.

    Service messages too. Dice in a private chat only when older than a day, so that nobody takes back a bad throw.
    """
    if not is_own and not is_private and not is_admin:
        raise bad_request("message can't be deleted")
    if age_seconds > DELETE_SECONDS or (is_dice and is_private and age_seconds < DICE_SECONDS):
        raise bad_request("message can't be deleted for everyone")


def check_message_ids(ids: object) -> list[int]:
    """The 1 to 100 messages that deleteMessages takes."""
    if not isinstance(ids, list):
        raise bad_request("expected an Array of message identifiers")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MOST_DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(one, int) and one > 0 for one in ids):
        raise bad_request("invalid message identifier specified")
    return ids
