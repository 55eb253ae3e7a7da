"""What can go wrong, said so that a coordinator can act on it.

    StaffelstabError        what happened, what is safe, what to do
    ├── PlanError           the plan file cannot be used as it stands
    ├── LedgerError         the ledger cannot be opened, read or written
    ├── BatonError          a hand-over is missing or damaged
    ├── BackupError         a backup cannot be made, read or restored
    ├── RecordError         an entry of a sheet, form or command cannot be taken
    └── RenderError         a document could not be produced

An error carries a key of the message catalogue and the facts to fill in. Which language it speaks is decided at the edge, where
the plan is known: a command prints `error.text(code)`, a flow fails with `error.in_language(code)`. An error that nobody gave a
language shows its key and facts. Facts hold ids, offices, file names and numbers, never a submitted text: they may end up in a log.
"""

from __future__ import annotations

from typing import Self

from staffelstab.language import Fact, Language
from staffelstab.legible import legible, legible_name

OF_MANY_LINES = frozenset({"problem", "problems"})
"""Facts that are sentences themselves."""


class StaffelstabError(Exception):
    """A failure with a message in the catalogue under `key`. `language` is that of `str()`, once it was given one."""

    language: str | None = None

    def __init__(self, key: str, /, **facts: Fact) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts

    def text(self, language: str) -> str:
        """The whole message in `language` (a code: "de")."""
        return Language(language).say(self.key, **{name: _told(name, fact) for name, fact in self.facts.items()})

    def in_language(self, language: str) -> Self:
        """The same error speaking `language`: `str()` of it is the message.

        Made by hand: libraries that send errors elsewhere (Dask by tblib) change what `copy` does, and both would share one state.
        """
        spoken = type(self).__new__(type(self), *self.args).with_traceback(self.__traceback__)
        spoken.__dict__.update(self.__dict__)
        spoken.__cause__ = self.__cause__
        spoken.language = language
        return spoken

    def __str__(self) -> str:
        if self.language:
            return self.text(self.language)
        return f"{self.key}({', '.join(f'{name}={fact}' for name, fact in self.facts.items())})"


def _told(name: str, fact: Fact) -> Fact:
    """A fact as it is told: strings of strangers on one line, so that none looks like a line of ours."""
    if not isinstance(fact, str):
        return fact
    return legible(fact) if name in OF_MANY_LINES else legible_name(fact)


class PlanError(StaffelstabError):
    """The plan file cannot be used as it stands. Its mistakes are said in the language of the plan, where that is known.

    `mistakes` are the lines that are wrong, each with its sentence. A language that the error has it keeps, whoever asks.
    """

    mistakes: tuple[tuple[int, str], ...] = ()

    def text(self, language: str) -> str:
        """The whole message in the plan's language, otherwise in `language`."""
        return super().text(self.language or language)

    def in_language(self, language: str) -> Self:
        """The same error speaking the plan's language, otherwise `language`."""
        return super().in_language(self.language or language)


class LedgerError(StaffelstabError):
    """The ledger cannot be opened, read or written."""


class BatonError(StaffelstabError):
    """A hand-over is missing or damaged."""


class BackupError(StaffelstabError):
    """A backup cannot be made, read or restored."""


class RecordError(StaffelstabError):
    """An entry of a sheet, form or command cannot be taken."""


class RenderError(StaffelstabError):
    """A document could not be produced."""
