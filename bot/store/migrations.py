"""The tables, step by step. A step that was released is never changed; a new one follows it."""

from bot.store.bare import Database, Migrations

migrations = Migrations("safar")


@migrations()
def m001_counters(database: Database) -> None:
    """Counters, and nothing keyed by a person."""
    database.execute("""
        CREATE TABLE demand (
            day TEXT NOT NULL, topic TEXT NOT NULL, language TEXT NOT NULL, script TEXT NOT NULL,
            door TEXT NOT NULL, outcome TEXT NOT NULL, people INTEGER NOT NULL, taps INTEGER NOT NULL,
            PRIMARY KEY (day, topic, language, script, door, outcome)
        ) STRICT, WITHOUT ROWID
    """)
    database.execute("""
        CREATE TABLE hours (
            day TEXT NOT NULL, hour INTEGER NOT NULL, taps INTEGER NOT NULL, PRIMARY KEY (day, hour)
        ) STRICT, WITHOUT ROWID
    """)
    database.execute("""
        CREATE TABLE sources (
            day TEXT NOT NULL, source TEXT NOT NULL, taps INTEGER NOT NULL, PRIMARY KEY (day, source)
        ) STRICT, WITHOUT ROWID
    """)
    database.execute("""
        CREATE TABLE regions (
            day TEXT NOT NULL, region TEXT NOT NULL, taps INTEGER NOT NULL, PRIMARY KEY (day, region)
        ) STRICT, WITHOUT ROWID
    """)


@migrations()
def m002_wrong(database: Database) -> None:
    """How often a phone or a text was reported as wrong in a week: the place or topic, and nothing else."""
    database.execute("""
        CREATE TABLE wrong (
            week TEXT NOT NULL, thing TEXT NOT NULL, taps INTEGER NOT NULL, PRIMARY KEY (week, thing)
        ) STRICT, WITHOUT ROWID
    """)


@migrations()
def m003_words(database: Database) -> None:
    """How many chats used a word that nobody listed, in a week: single words, and nothing else of a question."""
    database.execute("""
        CREATE TABLE words (
            week TEXT NOT NULL, word TEXT NOT NULL, language TEXT NOT NULL, chats INTEGER NOT NULL,
            PRIMARY KEY (week, word, language)
        ) STRICT, WITHOUT ROWID
    """)


@migrations()
def m004_done(database: Database) -> None:
    """What happens once in a while, by whichever instance leads: for which week it was done last."""
    database.execute("CREATE TABLE done (what TEXT PRIMARY KEY, mark TEXT NOT NULL) STRICT, WITHOUT ROWID")
