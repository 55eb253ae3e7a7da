"""The one place where the product asks what time it is. Commands and the server's process ask; everything below is told."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """The present moment, in UTC."""
    return dt.datetime.now(dt.UTC)
