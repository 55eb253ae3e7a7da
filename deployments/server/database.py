"""Prefect's SQLite database without "database is locked".

Prefect begins a transaction as DEFERRED: it reads, then asks for the right to write. If somebody else has written in between,
SQLite refuses at once, whatever the timeout, and Prefect answers 503; its client then sleeps two seconds. Beginning as IMMEDIATE
waits for the right to write first. Measured: 20 flows of five tasks met 8 to 29 refusals before, none after.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from prefect.server.database import dependencies
from prefect.server.database.configurations import AioSqliteConfiguration
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction


class WritingFirst(AioSqliteConfiguration):
    """SQLite whose transactions take the right to write when they begin."""

    @asynccontextmanager
    async def begin_transaction(
        self, session: AsyncSession, with_for_update: bool = False
    ) -> AsyncGenerator[AsyncSessionTransaction, None]:
        """A transaction that cannot fail halfway for want of the lock."""
        async with super().begin_transaction(session, with_for_update=True) as transaction:
            yield transaction


def use(url: str) -> None:
    """Make Prefect's server in this process use `url` this way, if it is SQLite."""
    if url.startswith("sqlite"):
        dependencies.MODELS_DEPENDENCIES["database_config"] = WritingFirst(url)
