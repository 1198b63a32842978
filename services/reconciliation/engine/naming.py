"""Which subjects review items and annual reports name: those with their code, else those with their name."""

from collections.abc import Callable, Sequence

from reconciliation.linking.facts import LEGAL, NAMING, REGISTRY_ORDER, RecordFacts

# The subjects of a record, in order: of a legal person every site that runs under it, or itself.
SubjectIds = Callable[[str], Sequence[str]]


def attachments(facts: Sequence[RecordFacts], subject_ids: SubjectIds) -> dict[str, list[str]]:
    """The subjects that each naming record among facts names, empty for one that names nobody; in listing order."""
    naming = [each for each in facts if each.registry in NAMING]
    others = [each for each in facts if each.registry not in NAMING]
    ordered = sorted(naming, key=lambda each: (REGISTRY_ORDER[each.registry], each.record_id))
    return {each.record_id: _named_by(each, others, subject_ids) for each in ordered}


def _named_by(item: RecordFacts, others: Sequence[RecordFacts], subject_ids: SubjectIds) -> list[str]:
    if item.code is not None:
        found = _subjects_of([each for each in others if each.code == item.code], subject_ids)
        if found:
            return found
    if not item.core:
        return []
    return _subjects_of([each for each in others if _is_named(each, item.core)], subject_ids)


def _subjects_of(bearers: list[RecordFacts], subject_ids: SubjectIds) -> list[str]:
    """The subjects of the legal persons among them, else of the E and H records; each once."""
    legals = [each for each in bearers if each.registry in LEGAL]
    ordered = sorted(legals or bearers, key=lambda each: each.founding_order)
    return list(dict.fromkeys(subject_id for each in ordered for subject_id in subject_ids(each.record_id)))


def _is_named(facts: RecordFacts, core: str) -> bool:
    return facts.core == core or core in facts.aliases or core in facts.former
