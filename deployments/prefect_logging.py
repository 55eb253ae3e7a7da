"""Prefect's own words on the terminal: none, for what a failing run has to say is said once, by us, in the plan's language."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Generator
from contextlib import contextmanager

TALKERS = ("prefect", "asyncio")
"""When its server is gone, Prefect's tasks end in the middle, and asyncio tells of each with a traceback."""
UNAWAITED = "coroutine .* was never awaited"


@contextmanager
def quiet() -> Generator[None]:
    """Inside the block Prefect logs nothing below a crash of its own; a failing flow raises all the same.

    The level is a setting: each run sets up Prefect's logging anew from its settings, and so does the process of a scheduled run.
    """
    from prefect.settings import temporary_settings

    loggers = [logging.getLogger(name) for name in TALKERS]
    before = [logger.level for logger in loggers]
    with (
        temporary_settings({"logging.level": "CRITICAL", "internal.logging_level": "CRITICAL"}),
        warnings.catch_warnings(),
    ):
        warnings.filterwarnings("ignore", UNAWAITED, RuntimeWarning)
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            for logger, level in zip(loggers, before, strict=True):
                logger.setLevel(level)
