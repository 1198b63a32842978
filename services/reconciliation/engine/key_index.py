"""Who shares a key with whom, and so may influence whose links."""

from collections.abc import Iterable
from dataclasses import dataclass, field

_NONE: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class KeyIndex:
    """Records by their keys, and keys by record."""

    members: dict[str, set[str]] = field(default_factory=dict)
    keys: dict[str, frozenset[str]] = field(default_factory=dict)

    def replace(self, record_id: str, keys: frozenset[str]) -> frozenset[str]:
        """Give a record these keys (none: it is gone); returns those it had."""
        before = self.keys.get(record_id, _NONE)
        if keys == before:
            return before
        for key in before - keys:
            sharing = self.members[key]
            sharing.discard(record_id)
            if not sharing:
                del self.members[key]
        for key in keys - before:
            members = self.members.get(key)
            if members is None:
                self.members[key] = {record_id}
            else:
                members.add(record_id)
        if keys:
            self.keys[record_id] = keys
        else:
            self.keys.pop(record_id, None)
        return before

    def sharing(self, keys: Iterable[str]) -> set[str]:
        """The records that have any of these keys."""
        found: set[str] = set()
        for key in keys:
            found.update(self.members.get(key, ()))
        return found

    def components(self, seeds: Iterable[str]) -> list[list[str]]:
        """The records connected through keys with each seed, every component once, in no order; one alone is one."""
        reached: set[str] = set()
        found: list[list[str]] = []
        for seed in seeds:
            if seed in reached:
                continue
            reached.add(seed)
            component = [seed]
            followed: set[str] = set()
            for record_id in component:
                for key in self.keys.get(record_id, _NONE) - followed:
                    followed.add(key)
                    members = self.members[key]
                    if len(members) > 1:
                        fresh = members - reached
                        reached |= fresh
                        component.extend(fresh)
            found.append(component)
        return found
