"""Which topics are about safety: knowing that somebody asks them could hurt that person.

Fixed here and not in a file that anyone can edit: counting, sharing and the buttons' neutral names depend on it.
"""

_GROUPS = ("help", "trafficking")
_TOPICS = ("stay/overstay", "stay/police-check", "stay/police-abuse")


def is_safety(topic: str) -> bool:
    """Whether a topic, by its id, is about safety."""
    return topic.partition("/")[0] in _GROUPS or topic in _TOPICS
