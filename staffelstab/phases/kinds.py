"""The kinds of phase, each with its survey: adding a kind is one module, one flow, one template and one line here."""

from __future__ import annotations

from collections.abc import Callable

from staffelstab.analysis.codebook import Codebook
from staffelstab.case.values import Case
from staffelstab.phases import analysis, call, finalisation, ideas, publication, synthesis, trials
from staffelstab.phases.survey import Survey
from staffelstab.plan.model import Phase

SURVEYS: dict[str, Callable[[Case, Phase, Codebook], Survey]] = {
    "call": call.survey,
    "analysis": analysis.survey,
    "synthesis": synthesis.survey,
    "ideas": ideas.survey,
    "trials": trials.survey,
    "finalisation": finalisation.survey,
    "publication": publication.survey,
}
