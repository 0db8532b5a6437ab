"""`python -m bot staff`: the list of staff from the command line, when the browser is out of reach."""

from collections.abc import Callable
from dataclasses import replace

from bot.store.staff import ROLES, Person, Staff


def show(staff: Staff, write: Callable[[str], None]) -> int:
    """Everybody, one a line."""
    for person in staff.everyone():
        state = "" if person.is_active else "  (off the list)"
        telegram = f"  Telegram {person.telegram}" if person.telegram else ""
        write(f"{person.name}: {', '.join(sorted(person.roles))}{telegram}{state}")
    return 0


def add(staff: Staff, name: str, roles: list[str], telegram: int | None, write: Callable[[str], None]) -> int:
    """Somebody new; who has a Telegram id sends /staff to the bot, the owner makes links for others."""
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        write(f"The roles are {', '.join(ROLES)}.")
        return 1
    try:
        staff.add(Person(0, name, frozenset(roles), telegram=telegram))
    except ValueError:
        write("This name or Telegram id is on the list already.")
        return 1
    staff.note("command line", "add person", f"{name}: {', '.join(roles)}")
    way = "by /staff in the bot" if telegram else "by a link that an owner makes under People"
    write(f"{name} is on the list and signs in {way}.")
    return 0


def disable(staff: Staff, name: str, write: Callable[[str], None]) -> int:
    """Off the list: sessions and links end at once."""
    person = staff.named(name)
    if person is None:
        write(f"Nobody is called {name}; `python -m bot staff list` shows the names.")
        return 1
    staff.change(replace(person, is_active=False))
    staff.note("command line", "change person", f"{name}: off the list")
    return 0
