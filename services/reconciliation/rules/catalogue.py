"""Every rule, in the order of its code."""

from reconciliation.rules.capacity import CA_01, CA_04, CA_06, CA_07
from reconciliation.rules.classes import CA_02, CA_03, CA_05, CA_08
from reconciliation.rules.codes import ID_01, ID_02, ID_03, ID_08, ID_09
from reconciliation.rules.deliveries import DQ_01
from reconciliation.rules.filing import ST_05, ST_06, ST_07
from reconciliation.rules.identity import ID_04, ID_05, ID_06, ID_07
from reconciliation.rules.order_of_dates import SC_02, SC_03, SC_05, SC_08
from reconciliation.rules.published_figures import IN_01, IN_02
from reconciliation.rules.rule import Rule, Severity
from reconciliation.rules.scope import SC_01, SC_04, SC_06, SC_07
from reconciliation.rules.site_and_people import SP_01, SP_02, SP_03, SP_04, SP_05
from reconciliation.rules.state import ST_01, ST_02, ST_03, ST_04

CATALOGUE: tuple[Rule, ...] = (
    *(ID_01, ID_02, ID_03, ID_04, ID_05, ID_06, ID_07, ID_08, ID_09),
    *(SC_01, SC_02, SC_03, SC_04, SC_05, SC_06, SC_07, SC_08),
    *(ST_01, ST_02, ST_03, ST_04, ST_05, ST_06, ST_07),
    *(CA_01, CA_02, CA_03, CA_04, CA_05, CA_06, CA_07, CA_08),
    *(SP_01, SP_02, SP_03, SP_04, SP_05),
    *(IN_01, IN_02, DQ_01),
)

# A site under one of these is left out of the indicators as verified: the S1 rules, expired papers, closed schools.
NOT_VERIFIED: frozenset[str] = frozenset(
    rule.code for rule in CATALOGUE if rule.severity is Severity.S1 or rule in (ST_02, ST_04)
)


def rule_of(code: str) -> Rule:
    """The rule of a code; KeyError if there is none."""
    for rule in CATALOGUE:
        if rule.code == code:
            return rule
    raise KeyError(code)
