"""What can go wrong, said so that a coordinator can act on it.

    StaffelstabError        what happened, what is safe, what to do
    ├── PlanError           the plan file cannot be used as it stands
    ├── LedgerError         the ledger cannot be opened, read or written
    ├── BatonError          a hand-over is missing or damaged
    ├── RecordError         an entry of a sheet, form or command cannot be taken
    └── RenderError         a document could not be produced

An error carries a key of the message catalogue and the facts to fill in; the edge (command line, flow) says it in the plan's
language. Facts hold ids, offices, file names and numbers, never a submitted text: they may end up in a log.
"""

from __future__ import annotations

from staffelstab.language import Fact, Language


class StaffelstabError(Exception):
    """A failure with a message in the catalogue under `key`."""

    def __init__(self, key: str, /, **facts: Fact) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts

    def text(self, language: str) -> str:
        """The whole message in `language` ("de" or "en")."""
        return Language(language).say(self.key, **self.facts)

    def __str__(self) -> str:
        return self.text("de")


class PlanError(StaffelstabError):
    """The plan file cannot be used as it stands. Its mistakes are said in the language of the plan, where that is known.

    `faults` are the lines that are wrong, each with its sentence.
    """

    language: str | None = None
    faults: tuple[tuple[int, str], ...] = ()

    def text(self, language: str) -> str:
        """The whole message in the plan's language, otherwise in `language`."""
        return super().text(self.language or language)


class LedgerError(StaffelstabError):
    """The ledger cannot be opened, read or written."""


class BatonError(StaffelstabError):
    """A hand-over is missing or damaged."""


class RecordError(StaffelstabError):
    """An entry of a sheet, form or command cannot be taken."""


class RenderError(StaffelstabError):
    """A document could not be produced."""
