"""Prefect's own words on the terminal: none, for what a failing run has to say is said once, by us, in the plan's language."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager

TALKERS = ("prefect", "asyncio")
"""Where a task of Prefect's is cancelled that looks after runs, asyncio tells of it with a traceback."""


@contextmanager
def quiet() -> Generator[None]:
    """Inside the block Prefect logs nothing below a crash of its own; a failing flow raises all the same.

    The level is a setting: each run sets up Prefect's logging anew from its settings, and so does the process of a scheduled run.
    """
    from prefect.settings import temporary_settings

    loggers = [logging.getLogger(name) for name in TALKERS]
    before = [logger.level for logger in loggers]
    with temporary_settings({"logging.level": "CRITICAL", "internal.logging_level": "CRITICAL"}):
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            for logger, level in zip(loggers, before, strict=True):
                logger.setLevel(level)
