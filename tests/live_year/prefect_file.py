"""What Prefect's own database says of the runs: read from its file while the server writes, so that no question disturbs it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ENDED = frozenset({"COMPLETED", "FAILED", "CRASHED", "CANCELLED"})
RUNS = """
    SELECT name, state_type, state_name, expected_start_time, start_time, end_time, auto_scheduled, created_by
    FROM flow_run
"""


@dataclass(frozen=True)
class PrefectRun:
    """One flow run; `slug` is that of the schedule it came from, "" if somebody asked for it."""

    name: str
    state: str
    said: str
    due: dt.datetime | None
    started: dt.datetime | None
    ended: dt.datetime | None
    scheduled: bool
    slug: str

    @property
    def open(self) -> bool:
        """Whether it has not come to an end."""
        return self.state not in ENDED


@dataclass(frozen=True)
class PrefectFile:
    """The database of the server of a working folder."""

    path: Path

    @contextmanager
    def _open(self) -> Generator[sqlite3.Connection]:
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)) as connection:
            yield connection

    def runs(self, more: str = "", *values: object) -> list[PrefectRun]:
        """All runs, or those that a condition names."""
        with self._open() as connection:
            return [_run(row) for row in connection.execute(f"{RUNS} {more}", values)]

    def at(self, moment: dt.datetime) -> list[PrefectRun]:
        """The runs that the schedules have for a moment."""
        stamp = moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
        return [run for run in self.runs("WHERE expected_start_time LIKE ?", f"{stamp}%") if run.scheduled]

    def due(self, now: dt.datetime) -> list[PrefectRun]:
        """The runs whose moment has come and which have not come to an end."""
        found = self.runs("WHERE state_type NOT IN ('COMPLETED', 'FAILED', 'CRASHED', 'CANCELLED')")
        return [run for run in found if run.due is None or run.due <= now]

    def slugs(self) -> set[str]:
        """The schedules the server knows."""
        with self._open() as connection:
            return {row[0] for row in connection.execute("SELECT slug FROM deployment_schedule") if row[0]}


def _run(row: tuple[str, ...]) -> PrefectRun:
    name, state, said, due, started, ended, auto, created = row
    told = json.loads(created) if created else None
    slug = str((told or {}).get("display_value") or "") if auto else ""
    return PrefectRun(
        name=name,
        state=state or "",
        said=said or "",
        due=_moment(due),
        started=_moment(started),
        ended=_moment(ended),
        scheduled=bool(auto),
        slug=slug,
    )


def _moment(text: str | None) -> dt.datetime | None:
    if not text:
        return None
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
