"""The tables of a ledger, the same in SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

TABLES = MetaData()

entries = Table(
    "entries",
    TABLES,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False, index=True),
    Column("office", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("phase", Text, nullable=False),
    Column("key", Text, unique=True),
    Column("facts", Text, nullable=False),
    Column("object", Text, unique=True),
    Column("commitment", Text),
    Column("prev", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False, unique=True),
)

objects = Table(
    "objects",
    TABLES,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("media", Text, nullable=False),
    Column("salt", LargeBinary),
    Column("data", LargeBinary),
)

people = Table(
    "people",
    TABLES,
    Column("id", Text, primary_key=True),
    Column("fingerprint", Text, unique=True),
    Column("address", Text),
    Column("seal", Text),
)

meta = Table(
    "ledger",
    TABLES,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
