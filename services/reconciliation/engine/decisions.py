"""Which decisions of persons are in force on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from hub_events.findings import ResolutionKind
from hub_events.registry_changes import DecisionRecorded
from reconciliation.linking.links import PairDecision, PairDecisions


@dataclass(frozen=True, slots=True)
class DecisionsInForce:
    """What counts on a day: about pairs of records, names of records, findings accepted and as what.

    decided_today holds whatever a decision of that very day names.
    """

    pairs: PairDecisions = field(default_factory=PairDecisions)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    accepted: Mapping[str, ResolutionKind] = field(default_factory=dict)
    decided_today: frozenset[str] = frozenset()

    def glue(self, record_id: str) -> frozenset[str]:
        """The keys that make a record meet those it was decided to be linked with."""
        if not self.pairs.by_pair:
            return frozenset()
        return frozenset(
            "decided:" + "|".join(pair)
            for pair, decision in self.pairs.by_pair.items()
            if decision == "link" and record_id in pair
        )


# As what a person may accept a finding, beside the usual.
_ACCEPTED_AS: Mapping[str, ResolutionKind] = {"FALSE_POSITIVE": "FALSE_POSITIVE", "OUT_OF_SCOPE": "OUT_OF_SCOPE"}

NONE_IN_FORCE = DecisionsInForce()

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


def decisions_on(decisions: Sequence[DecisionRecorded], day: date) -> DecisionsInForce:
    """The decisions in force on a day: made for it or earlier, not revoked by then, not expired before it.

    Of several about one pair or finding the latest as_of counts, of one as_of the one recorded last.
    """
    if not decisions:
        return NONE_IN_FORCE
    revoked = {each.subjects[0] for each in decisions if each.kind == "revoke" and each.as_of <= day}
    made = [each for each in decisions if each.as_of <= day and each.decision_id not in revoked]
    made.sort(key=lambda each: each.as_of)
    pairs: dict[tuple[str, str], PairDecision] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    accepted: dict[str, ResolutionKind] = {}
    for each in made:
        if each.kind in ("link", "unlink", "distinct"):
            one, other = sorted(each.subjects)
            pairs[one, other] = each.kind
        elif each.kind == "alias" and each.value:
            aliases[each.subjects[0]] = tuple(sorted({*aliases.get(each.subjects[0], ()), each.value}))
        elif each.kind == "accept" and (each.expires_on is None or day <= each.expires_on):
            accepted[each.subjects[0]] = _ACCEPTED_AS.get(each.value or "", "ACCEPTED_WITH_REASON")
    today = frozenset(subject for each in decisions if each.as_of == day for subject in each.subjects)
    return DecisionsInForce(PairDecisions(pairs), aliases, accepted, today)


def next_expiry(decisions: Sequence[DecisionRecorded], after: date) -> date | None:
    """The first day after a day on which something accepted no longer is, None for none."""
    ends = (
        each.expires_on for each in decisions if each.expires_on is not None and after <= each.expires_on < date.max
    )
    return min((last + timedelta(days=1) for last in ends), default=None)


def records_decided_anew(before: DecisionsInForce, after: DecisionsInForce) -> set[str]:
    """The records about which other decisions are in force than before."""
    pairs = _differing(before.pairs.by_pair, after.pairs.by_pair)
    return {record_id for pair in pairs for record_id in pair} | set(_differing(before.aliases, after.aliases))


def findings_accepted_anew(before: DecisionsInForce, after: DecisionsInForce) -> set[str]:
    """The findings that are accepted, or as something else, on one of two days only."""
    return set(_differing(before.accepted, after.accepted))


def _differing(one: Mapping[KeyT, ValueT], other: Mapping[KeyT, ValueT]) -> list[KeyT]:
    return [key for key in {*one, *other} if one.get(key) != other.get(key)]
