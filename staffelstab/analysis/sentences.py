"""What the methods found, as plain sentences for dossiers and overviews; `names` maps ids to what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from staffelstab.analysis.coverage import Coverage
from staffelstab.analysis.figures import Membership
from staffelstab.analysis.needs import Ranking
from staffelstab.analysis.unanimity import Unanimity
from staffelstab.language import Language

Names = Mapping[str, str]


def on_coverage(coverage: Coverage, language: str, names: Names) -> list[str]:
    """How many talks were held, what is open, who was not heard at all, and which entries need a look."""
    say = Language(language).say
    lines = [say("analysis.coverage.state", held=coverage.counts["held"], total=coverage.total)]
    kind = "attempt_" if coverage.attempt else ""
    if coverage.complete:
        lines.append(say(f"analysis.coverage.{kind}complete"))
    else:
        lines.append(say(f"analysis.coverage.{kind}open", n=len(coverage.open)))
    if coverage.silent_units:
        lines.append(say("analysis.coverage.silent", units=_listed(coverage.silent_units, language, names)))
    if coverage.unexplained and not coverage.attempt:
        lines.append(say("analysis.coverage.unexplained", n=len(coverage.unexplained)))
    if coverage.outside:
        lines.append(say("analysis.coverage.outside", n=len(coverage.outside)))
    return lines


def on_unanimity(unanimity: Unanimity, language: str, names: Names) -> str:
    """Whether all agree; if not, who objects or, when nobody objects, who is still to be heard."""
    say = Language(language).say
    if unanimity.objecting:
        return say("analysis.unanimity.objecting", actors=_listed(unanimity.objecting, language, names))
    if unanimity.unheard:
        return say("analysis.unanimity.unheard", actors=_listed(unanimity.unheard, language, names))
    return say(f"analysis.unanimity.{'unanimous' if unanimity.unanimous else 'nobody'}")


def on_figures(membership: Membership, language: str, names: Names) -> list[str]:
    """On how many units the total rests, which units are missing or behind, and every alarm."""
    say = Language(language).say
    lines = [say("analysis.figures.rests_on", told=membership.total.told, asked=membership.total.asked)]
    for what, units in (("missing", membership.missing), ("outdated", membership.outdated)):
        if units:
            lines.append(say(f"analysis.figures.{what}", units=_listed(units, language, names)))
    for alarm in membership.alarms:
        unit = names.get(alarm.unit, alarm.unit)
        amount = f"{alarm.amount:+d}"
        lines.append(say(f"analysis.figures.{alarm.kind}", unit=unit, year=alarm.year, amount=amount))
    return lines


def on_needs(ranking: Ranking, language: str, names: Names) -> list[str]:
    """How the ranking was reckoned and which units did not rate."""
    lines = [ranking.method(language)]
    if ranking.needs and ranking.missing:
        lines.append(Language(language).say("analysis.needs.missing", units=_listed(ranking.missing, language, names)))
    return lines


def _listed(ids: Iterable[str], language: str, names: Names) -> str:
    return Language(language).listed(names.get(each, each) for each in ids)
