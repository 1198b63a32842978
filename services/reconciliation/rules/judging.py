"""How rules written about a site meet the contract of a rule: one reading of the subject serves many rules."""

from collections.abc import Callable, Iterable

from hub_events.records import Registry
from reconciliation.domain.county_view import CountyView, Subject
from reconciliation.domain.verdict import Verdict
from reconciliation.rules.rule import Office, Rule
from reconciliation.rules.site import Site

OFFICES: dict[Registry, Office] = {
    Registry.HEALTH: Office.HEALTH,
    Registry.EDUCATION: Office.EDUCATION,
    Registry.INSTITUTION: Office.INSTITUTION,
    Registry.CIVIL: Office.CIVIL,
    Registry.MARKET: Office.MARKET,
    Registry.REVIEW: Office.INSTITUTION,
    Registry.ANNUAL_REPORT: Office.INSTITUTION,
    Registry.POPULATION: Office.HEALTH,
    Registry.PUBLISHED: Office.HEALTH,
    Registry.MANIFEST: Office.HEALTH,
}

Judge = Callable[[Site], Verdict]
Owner = Callable[[Subject, CountyView], tuple[Office, ...]]


class OnSite:
    """A rule's evaluate, written about a Site; judge is the function itself, for those who have the Site already."""

    __slots__ = ("judge",)

    def __init__(self, judge: Judge) -> None:
        """Keep the function that judges a site."""
        self.judge = judge

    def __call__(self, subject: Subject, view: CountyView) -> Verdict:
        """Read the subject and judge it."""
        return self.judge(Site(subject, view))


def evaluate_all(rules: Iterable[Rule], subject: Subject, view: CountyView) -> list[tuple[Rule, Verdict]]:
    """Each rule with its verdict on one subject; the subject's records are read once for all of them."""
    site = Site(subject, view)
    return [
        (rule, rule.evaluate.judge(site) if type(rule.evaluate) is OnSite else rule.evaluate(subject, view))
        for rule in rules
    ]


def owned_by(*offices: Office) -> Owner:
    """The same offices whatever the subject, the first to act first."""
    return lambda subject, view: offices


def owned_by_senders(judge: Judge) -> Owner:
    """The offices whose registers showed the values that decided; all that show the subject while none did."""

    def owner(subject: Subject, view: CountyView) -> tuple[Office, ...]:
        site = Site(subject, view)
        shown = [value.registry for value in judge(site).evidence if value.registry is not None]
        return _offices(shown or _registries(site))

    return owner


def owned_by_registrar(*, of: frozenset[Registry] | None = None, then: tuple[Office, ...] = ()) -> Owner:
    """The registrar of the subject's legal person (编办, civil affairs or market), perhaps others after it."""

    def owner(subject: Subject, view: CountyView) -> tuple[Office, ...]:
        registries = [legal.registry for legal in Site(subject, view).legal if of is None or legal.registry in of]
        return tuple(dict.fromkeys((*_offices(registries), *then))) or (Office.HEALTH,)

    return owner


def _registries(site: Site) -> list[Registry]:
    withdrawn = (timeline.registry for timeline in site.subject.withdrawn)
    own = (site.subject.source,) if site.subject.source else ()
    shown = [record.registry for record in site.records]
    return [*own, *shown, *withdrawn]


def _offices(registries: Iterable[Registry]) -> tuple[Office, ...]:
    return tuple(dict.fromkeys(OFFICES[registry] for registry in registries))
