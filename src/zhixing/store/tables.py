"""What does the database look like? Two tables; nothing in them is particular to SQLite."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()

META = Table(
    "meta",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

# `learner`, `at`, `kind` and `schema` also stand in `body`; they are columns to be searched by.
# AUTOINCREMENT: a number that `forget` freed is not given out again.
HAPPENINGS = Table(
    "happenings",
    METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("learner", String, nullable=False),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("happenings_of_a_learner", "learner", "seq"),
    sqlite_autoincrement=True,
)
