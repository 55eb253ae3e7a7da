"""The schema of a ledger compared with the one we make: tables, indexes, and nothing that acts on its own.

A trigger, a constraint with a conflict clause or a view can swallow what is written, or show something else than what is stored,
while every row and every hash is in order.
"""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa

from staffelstab.ledger.sql_tables import TABLES

_SQLITE = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^'"
_POSTGRES = (
    "SELECT 'trigger', tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE NOT tgisinternal AND nspname = current_schema()",
    "SELECT 'rule', rulename FROM pg_rules WHERE schemaname = current_schema()",
)

Part = tuple[str, ...]
"""A part of the schema: its type, its name, and what it is made of."""


def differences(connection: sa.Connection) -> list[str]:
    """Names of the parts that are missing, foreign or other than ours, sorted; empty if all is well."""
    if connection.dialect.name == "sqlite":
        found, wanted = _sqlite(connection), _expected()
    else:
        found, wanted = _parts(connection) | _acting(connection), _expected_parts()
    return sorted({_shown(part[1]) for part in found ^ wanted})


def _sqlite(connection: sa.Connection) -> frozenset[Part]:
    rows = connection.exec_driver_sql(_SQLITE)
    return frozenset((str(row[0]), str(row[1]), " ".join(str(row[2]).split())) for row in rows)


@cache
def _expected() -> frozenset[Part]:
    with _ours() as connection:
        return _sqlite(connection)


@cache
def _expected_parts() -> frozenset[Part]:
    with _ours() as connection:
        return _parts(connection)


def _ours() -> sa.Connection:
    """The tables as we make them, empty, in memory."""
    connection = sa.create_engine("sqlite://").connect()
    TABLES.create_all(connection)
    return connection


def _parts(connection: sa.Connection) -> frozenset[Part]:
    """Columns and indexes as every database can tell them; the index of a constraint is called differently by each."""
    inspector = sa.inspect(connection)
    found: set[Part] = set()
    for table in inspector.get_table_names():
        found |= {
            ("column", f"{table}.{column['name']}", str(column["nullable"])) for column in inspector.get_columns(table)
        }
        found |= {
            ("index", str(index["name"]), *map(str, index["column_names"]))
            for index in inspector.get_indexes(table)
            if "duplicates_constraint" not in index
        }
        found |= {
            ("unique", f"{table}.{','.join(unique['column_names'])}")
            for unique in inspector.get_unique_constraints(table)
        }
    return frozenset(found)


def _acting(connection: sa.Connection) -> frozenset[Part]:
    return frozenset((str(row[0]), str(row[1])) for query in _POSTGRES for row in connection.exec_driver_sql(query))


def _shown(name: str) -> str:
    """A name fit for a message, whatever somebody called the thing."""
    return name.encode("ascii", "replace").decode()[:40]
