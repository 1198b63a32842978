"""A rule as a value: a pure function beside its words, what it reads and an example of each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hub_events.records import Registry
from reconciliation.domain.county_view import CountyView, Subject
from reconciliation.domain.verdict import Verdict


class Severity(StrEnum):
    """S1 blocks, S2 serious, S3 ordinary, S4 notice."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"


class Office(StrEnum):
    """The offices that own findings."""

    HEALTH = "health"
    EDUCATION = "education"
    INSTITUTION = "institution"
    CIVIL = "civil"
    MARKET = "market"


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What people read of a rule; Chinese first, English second."""

    title_zh: str
    title_en: str
    holds_when_zh: str
    basis_zh: str  # legal basis
    mend_zh: str  # how to mend
    mend_en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One reconciliation rule.

    evaluate is pure: subject and county as of the day in, verdict out. reads: "registry.field" names whose
    change can change the verdict. every_extract_of: registers whose every accepted extract counts, even an
    unchanged one (SC-04). owner: given the subject, the offices that must act, first to act first.
    """

    code: str  # as people know it: "SC-01"
    name: str  # the situation as a statement: "filed_without_childcare_in_scope"
    severity: Severity
    owner: Callable[[Subject, CountyView], tuple[Office, ...]]
    words: RuleWords
    reads: frozenset[str]
    evaluate: Callable[[Subject, CountyView], Verdict]
    every_extract_of: frozenset[Registry] = frozenset()
