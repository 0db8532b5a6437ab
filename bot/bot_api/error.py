"""A refusal of the Bot API: its code and its words."""


class BotApiError(Exception):
    """What Telegram answers instead of a result."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(words: str) -> BotApiError:
    """400, in the spelling of the server: a small first letter, unless the words are a CODE."""
    is_code = len(words) > 1 and (words[1] == "_" or words[1].isupper())
    return BotApiError(400, f"Bad Request: {words if is_code else words[:1].lower() + words[1:]}")


def forbidden(words: str) -> BotApiError:
    """403: the person does not want the message."""
    return BotApiError(403, f"Forbidden: {words}")


def too_many_requests(seconds: int) -> BotApiError:
    """429: wait as long as told."""
    return BotApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def migrated(chat: int) -> BotApiError:
    """400: the group became a supergroup, which has another id."""
    return BotApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat)
