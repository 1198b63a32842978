"""The keys by which records meet: what two records share may make them the same, and nothing else can."""

from reconciliation.linking.facts import LINKED, RecordFacts

# A core name this short (a lone 幼儿园 is three) says nothing about who is meant.
_SHORTEST_NAME = 2


def keys_of(facts: RecordFacts) -> tuple[str, ...]:
    """The keys of a record, each once: valid or repaired code, names, school codes, a full address.

    Records that share no key, directly or through others, never influence each other's links.
    """
    keys: list[str] = []
    if facts.code is not None:
        keys.append("code:" + facts.code)
    keys.extend(_name_keys(facts))
    if facts.registry in LINKED:
        keys.extend(_school_keys(facts))
        if facts.address is not None and facts.address.number:
            keys.append("address:" + facts.address_key)
    return tuple(keys)


def _name_keys(facts: RecordFacts) -> list[str]:
    names = [facts.core]
    if facts.aliases or facts.former:
        names.extend(sorted((facts.aliases | facts.former) - {facts.core}))
    return ["name:" + name for name in names if len(name) >= _SHORTEST_NAME]


def _school_keys(facts: RecordFacts) -> list[str]:
    codes = {facts.school_code, facts.main_school_code} - {None}
    return sorted(f"school:{code}" for code in codes)
