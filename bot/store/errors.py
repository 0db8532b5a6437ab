"""What can go wrong with a database, whichever it is."""


class DatabaseAway(Exception):  # a word for whoever runs the bot, as elsewhere in this house
    """The database does not answer; the message says so in one sentence."""


class Taken(Exception):
    """A row with this name or number is there already."""
