"""What each kind of phase makes of what was gathered: its own steps as tasks, in the order in which its flow takes them.

The methods are in `staffelstab.phases`; here each becomes a step that the coordinator sees by name.
"""

from __future__ import annotations

from staffelstab.phases.coded_statements import Coded, CodedCase
from staffelstab.phases.concept import chapters, proposed_ideas, tried_ideas
from staffelstab.phases.concept.chapters import Chapter
from staffelstab.phases.concept.proposed_ideas import LinkedIdea
from staffelstab.phases.concept.tried_ideas import LinkedTrial
from staffelstab.phases.interviews import InterviewState
from staffelstab.phases.kinds import analysis, call, finalisation, publication, synthesis
from staffelstab.phases.kinds import ideas as ideas_phase
from staffelstab.phases.kinds import trials as trials_phase
from staffelstab.phases.kinds.analysis import AnalysisContent
from staffelstab.phases.kinds.call import CallContent
from staffelstab.phases.kinds.finalisation import Condition, FinalContent, Judged, Questions
from staffelstab.phases.kinds.ideas import IdeasContent
from staffelstab.phases.kinds.publication import PublicationContent, Trace, Year
from staffelstab.phases.kinds.synthesis import SynthesisContent
from staffelstab.phases.kinds.trials import Demand, TrialsContent
from staffelstab.phases.methods.membership import Membership
from staffelstab.phases.methods.needs import Ranking
from staffelstab.phases.methods.perspectives import Synthesis
from staffelstab.phases.report import ReportOf
from staffelstab.phases.responses import CallState
from staffelstab.service.phase_run import Run
from staffelstab.service.survey import reported
from staffelstab.submissions.case.contents import Case, Decision, Statement, Submission
from tasks.decorators import step

# -- call --------------------------------------------------------------------------------------------------------------


@step("register_papers")
def register_papers(run: Run, case: Case) -> tuple[CallState, ...]:
    """Who was called and who has sent something, in time or late (R60, R62, R63)."""
    return call.answers(case, run.of)


@step("compare_passages")
def compare_passages(run: Run, calls: tuple[CallState, ...]) -> tuple[tuple[Statement, ...], ...]:
    """Passages that say nearly the same."""
    return call.similar(calls)


@step("set_aside")
def set_aside(run: Run, case: Case, calls: tuple[CallState, ...]) -> tuple[Coded, ...]:
    """Passages about what is no subject here, kept for where they belong (R18, R19)."""
    return call.parked(case, calls, run.codebook())


@step("check")
def check_call(
    run: Run,
    case: Case,
    calls: tuple[CallState, ...],
    alike: tuple[tuple[Statement, ...], ...],
    aside: tuple[Coded, ...],
) -> ReportOf[CallContent]:
    """The first overview, and what is missing (R64, R65)."""
    return reported(run, case, call.report(run.of, calls, alike, aside))


# -- analysis ----------------------------------------------------------------------------------------------------------


@step("review_talks")
def review_talks(run: Run, case: Case) -> tuple[InterviewState, ...]:
    """Who was heard, who was not and why, and whether the pace will do (R69, R70, R74)."""
    return analysis.talks(case, run.of)


@step("code_statements")
def code_statements(run: Run, case: Case) -> CodedCase:
    """Every statement of papers and talks sorted by the codebook (R72)."""
    return analysis.statements(case, run.of, run.codebook())


@step("join_figures")
def join_figures(run: Run, case: Case) -> Membership | None:
    """The units' membership figures side by side."""
    return analysis.figures(case)


@step("rank_needs")
def rank_needs(run: Run, case: Case) -> Ranking | None:
    """What the units need most, and how sure the order is (R73)."""
    return analysis.ranking(case)


@step("check")
def check_analysis(
    run: Run,
    case: Case,
    talks: tuple[InterviewState, ...],
    statements: CodedCase,
    figures: Membership | None,
    needs: Ranking | None,
) -> ReportOf[AnalysisContent]:
    """The analysis put together, and what is missing."""
    return reported(run, case, analysis.report(case, run.of, talks, statements, figures, needs))


# -- synthesis ---------------------------------------------------------------------------------------------------------


@step("join_perspectives")
def join_perspectives(run: Run, case: Case) -> Synthesis:
    """The findings under schlecht, gut, zu wenig, gar nicht, and who supports each (R76–R79)."""
    return synthesis.joined(case)


@step("find_unheard")
def find_unheard(run: Run, case: Case) -> tuple[Submission, ...]:
    """Papers and talks that no finding goes back to."""
    return synthesis.uncited(case, run.of)


@step("code_statements")
def code_everything(run: Run, case: Case) -> CodedCase:
    """What the codebook alone says of everything that came in until now."""
    return synthesis.statements(case, run.of, run.codebook())


@step("check")
def check_synthesis(
    run: Run, case: Case, joined: Synthesis, unheard: tuple[Submission, ...], statements: CodedCase
) -> ReportOf[SynthesisContent]:
    """What follows from the findings, and which perspective is missing (R80–R83)."""
    return reported(run, case, synthesis.report(case, run.of, joined, unheard, statements))


# -- ideas -------------------------------------------------------------------------------------------------------------


@step("register_papers")
def register_ideas(run: Run, case: Case) -> tuple[CallState, ...]:
    """Who was called for ideas and who has sent something."""
    return ideas_phase.answers(case, run.of)


@step("tie_ideas")
def tie_ideas(run: Run, case: Case) -> tuple[LinkedIdea, ...]:
    """Each idea with the findings and voices it goes back to (R84)."""
    return proposed_ideas.ideas_of(case)


@step("find_unused")
def find_unused(run: Run, case: Case, calls: tuple[CallState, ...]) -> CodedCase:
    """Paragraphs that became no idea."""
    return ideas_phase.unused(case, calls, run.codebook())


@step("check")
def check_ideas(
    run: Run, case: Case, calls: tuple[CallState, ...], tied: tuple[LinkedIdea, ...], unused: CodedCase
) -> ReportOf[IdeasContent]:
    """Who took part, and what is missing (R85–R87)."""
    return reported(run, case, ideas_phase.report(case, run.of, calls, tied, unused))


# -- trials ------------------------------------------------------------------------------------------------------------


@step("review_trials")
def review_trials(run: Run, case: Case) -> tuple[LinkedTrial, ...]:
    """The trial cards; a failed trial is a result (R88, R89)."""
    return tried_ideas.trials_of(case)


@step("find_unanimity")
def find_unanimity(run: Run, case: Case) -> tuple[Demand, ...]:
    """Which longer ideas are asked for with one voice (R90)."""
    return trials_phase.demands(case)


@step("check")
def check_trials(
    run: Run, case: Case, cards: tuple[LinkedTrial, ...], demands: tuple[Demand, ...]
) -> ReportOf[TrialsContent]:
    """What was tried, what nobody tries, and what is missing (R91)."""
    return reported(run, case, trials_phase.report(case, run.of, cards, demands))


# -- finalisation ------------------------------------------------------------------------------------------------------


@step("trace_concept")
def trace_concept(run: Run, case: Case) -> tuple[Chapter, ...]:
    """The concept by chapter, every passage with the voices it goes back to (R92, U7)."""
    return chapters.chapters_of(case)


@step("judge_ideas")
def judge_ideas(run: Run, case: Case, concept: tuple[Chapter, ...]) -> tuple[Judged, ...]:
    """Every idea with its verdict and what became of it (R92, R93)."""
    return finalisation.judged(case, concept)


@step("answer_questions")
def answer_questions(run: Run, case: Case) -> Questions:
    """The questions of form, bindingness and reach, and their answers (R94)."""
    return finalisation.answers(case)


@step("compute_readiness")
def compute_readiness(
    run: Run, case: Case, concept: tuple[Chapter, ...], judged: tuple[Judged, ...], questions: Questions
) -> tuple[Condition, ...]:
    """Whether the concept can be put to the vote, condition by condition (R96, U19)."""
    return finalisation.conditions(case, concept, judged, questions)


@step("check")
def check_finalisation(
    run: Run,
    case: Case,
    concept: tuple[Chapter, ...],
    judged: tuple[Judged, ...],
    questions: Questions,
    conditions: tuple[Condition, ...],
) -> ReportOf[FinalContent]:
    """The concept put together, and what stands before its adoption."""
    return reported(run, case, finalisation.report(case, run.of, concept, judged, questions, conditions))


# -- publication -------------------------------------------------------------------------------------------------------


@step("find_adoption")
def find_adoption(run: Run, case: Case) -> Decision | None:
    """The decision by which the concept was adopted."""
    return publication.adopted(case)


@step("set_milestones")
def set_milestones(run: Run, case: Case) -> tuple[Year, ...]:
    """The milestones by year, and which years none binds (R101)."""
    return publication.years(case)


@step("trace_papers")
def trace_papers(run: Run, case: Case, concept: tuple[Chapter, ...]) -> tuple[Trace, ...]:
    """What became of every paper (U7)."""
    return publication.traces(case, concept)


@step("check")
def check_publication(
    run: Run,
    case: Case,
    adopted: Decision | None,
    concept: tuple[Chapter, ...],
    years: tuple[Year, ...],
    traces: tuple[Trace, ...],
) -> ReportOf[PublicationContent]:
    """What is to be published, and what is missing."""
    return reported(run, case, publication.report(case, run.of, adopted, concept, years, traces))
