"""A plan file that cannot be used: every mistake in it with its line and a sentence that says what to write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from staffelstab.errors import PlanError
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.timetable.plan.bounds import Problem
from staffelstab.timetable.plan.invalid_fields import invalid_fields
from staffelstab.timetable.plan.locate import index, nearest
from staffelstab.timetable.plan.toml_mistakes import toml_mistake

SHOWN = 20
"""Places that are named of a plan in which much is wrong."""


class Refusal:
    """Why the plan written in `text` is not accepted; `file` is what it is called, `words` the language of the sentences."""

    def __init__(self, text: str, file: str, words: Language) -> None:
        self._text, self._file, self._words = text, file, words

    def of_toml(self, error: ValueError | RecursionError) -> PlanError:
        """The text is no TOML; `error` is its reader's."""
        mistake = toml_mistake(self._text, error)
        return self._error([(mistake.line, self._words.say(f"plan.toml.{mistake.kind}", detail=mistake.detail))])

    def of_fields(self, raw: Mapping[str, object], error: Exception) -> PlanError:
        """The file's values do not fit the model; `error` says so of the first of them."""
        return self.of(list(invalid_fields(raw, self._words)) or [("value", "$", {"path": str(error)})])

    def of(self, found: Sequence[Problem]) -> PlanError:
        """What the file says makes the plan unusable."""
        places = index(self._text)
        lines = [(nearest(places, path) or 1, self._sentence(kind, path, facts)) for kind, path, facts in found]
        return self._error(sorted(dict.fromkeys(lines), key=lambda mistake: mistake[0]))

    def _sentence(self, kind: str, path: str, facts: Mapping[str, str]) -> str:
        told = {"path": path.removeprefix("$.")} | dict(facts)
        shown = {name: legible_name(fact) for name, fact in told.items()}
        return self._words.say(f"plan.problem.{kind}", **shown).rstrip()

    def _error(self, found: Sequence[tuple[int, str]]) -> PlanError:
        if len(found) == 1:
            [(line, problem)] = found
            error = PlanError("plan.invalid", file=self._file, line=line, problem=problem)
        else:
            lines = [self._words.say("plan.line", line=line, problem=problem) for line, problem in found[:SHOWN]]
            if len(found) > SHOWN:
                lines.append(self._words.say("plan.more", n=len(found) - SHOWN))
            error = PlanError("plan.broken", file=self._file, n=len(found), problems="\n".join(lines))
        error.language, error.mistakes = self._words.code, tuple(found)
        return error
