"""Entering by a form: mistakes at the fields they concern, and one entry at a time, on what its preview was based on.

For every page that writes. A page checks everything first and says all mistakes at once; only then it shows what would follow, and
enters it when that was confirmed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pages.forms import refuse_meanwhile
from pages.visit import Visit
from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.service.phase_run import Run

WHOLE = ""
"""Under this name stands a mistake that concerns no single field."""
_ONE = threading.Lock()


class Mistakes(dict[str, str]):
    """What is wrong with a form: a sentence by field."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    @contextmanager
    def at(self, field: str = WHOLE) -> Iterator[None]:
        """Within the block, what cannot be taken is a mistake of this field."""
        try:
            yield
        except StaffelstabError as error:
            self.add(error, field)

    def add(self, error: StaffelstabError, field: str = WHOLE) -> None:
        """Note a mistake; of a field the first one is told."""
        self.setdefault(field, for_pages(error, self._language))

    @property
    def rest(self) -> str:
        """The mistake that concerns the form as a whole."""
        return self.get(WHOLE, "")


def for_pages(error: StaffelstabError, language: str) -> str:
    """An error in words for somebody at a form: where the terminal's sentence speaks of what is typed there, it has another one."""
    told = type(error)(f"pages.instead.{error.key}", **error.facts)
    try:
        return told.text(language)
    except KeyError:
        return error.text(language)


@contextmanager
def entering(visit: Visit) -> Iterator[Run]:
    """Within the block nobody else enters anything by a page: the run to enter with, of this very moment.

    Raises RecordError if somebody has entered something since the preview was shown.
    """
    with _ONE:
        run = visit.site.open(visit.run.workspace.root)
        refuse_meanwhile(run, visit.fields)
        yield run


def is_meanwhile(error: StaffelstabError) -> bool:
    """Whether an entry was refused because of another one; the very same one may be it."""
    return isinstance(error, RecordError) and error.key == "pages.error.meanwhile"
