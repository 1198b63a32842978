"""What each register showed of each body, worked out from all its deliveries by their days, with nothing remembered.

The written rules alone: a row that is away twice is gone, one that cannot be taken but still shows its key is not
away; a later full file of a day replaces the earlier one, deltas add up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from hub_events.records import Registry
from hub_intake.domain.identity import new_record_id
from tests.oracle.deliveries import REGION, Delivery
from tests.oracle.recognising import Recognising
from tests.oracle.registers import Body, Shown, Source, Values, is_rejected, shown_by

ABSENCES = 2


@dataclass(frozen=True)
class Change:
    """What became of a body on a day, and which row of which file said so; values is None where it is gone."""

    as_of: date
    registry: Registry
    record_id: str
    change: str
    extract_id: str
    row: int | None
    before: Values
    values: Values | None
    fields: tuple[str, ...] = ()
    absences: int = 0


def changes_of(deliveries: Iterable[Delivery]) -> list[Change]:
    """Everything that files made of all registers say, by day, register and body."""
    accepted = [each for each in deliveries if each.accepted]
    found: list[Change] = []
    for registry in Registry:
        source = Source(registry)
        own = sorted((each for each in accepted if each.registry is registry), key=lambda each: each.as_of)
        for day, files in groupby(own, key=lambda each: each.as_of):
            found += _day(source, day, counting(files))
    return sorted(found, key=lambda change: (change.as_of, change.registry.value, change.record_id))


def counting(files: Iterable[Delivery]) -> list[Delivery]:
    """Of one register's files of one day those that count: the last full one, then the deltas in their order."""
    listed = list(dict.fromkeys(files))
    full = [each for each in listed if each.kind == "full"]
    return [*full[-1:], *(each for each in listed if each.kind == "delta")]


def _day(source: Source, day: date, files: Sequence[Delivery]) -> list[Change]:
    morning = dict(source.bodies)
    last: dict[str, tuple[str, int | None]] = {}
    for file in files:
        said = _File(source, file)
        said.take()
        last.update(said.last)
    evening = source.bodies
    for record_id in [each for each in evening if each not in morning and evening[each].gone]:
        del evening[record_id]  # came and went within the day
    for record_id, body in evening.items():
        if body.gone and record_id in morning:  # whatever else the day showed of it was never known to anyone
            body = replace(body, values=morning[record_id].values, text=morning[record_id].text)
        evening[record_id] = replace(body, former_codes=_former_codes(source, morning.get(record_id), body))
    found = (_change(source, day, morning.get(each), evening[each], last.get(each)) for each in sorted(evening))
    return [change for change in found if change is not None]


def _former_codes(source: Source, before: Body | None, now: Body) -> frozenset[str]:
    if before is None:
        return frozenset()
    codes = before.former_codes | {source.code_of(before.values)}
    return frozenset(code for code in codes if code is not None and code != source.code_of(now.values))


def _change(
    source: Source, day: date, before: Body | None, now: Body, last: tuple[str, int | None] | None
) -> Change | None:
    was_known = before is not None and not before.gone
    if last is None or (now.gone and not was_known):
        return None
    extract_id, row = last
    old = {} if before is None else before.values
    said = Change(day, source.registry, now.record_id, "", extract_id, row, old, now.values)
    if now.gone:
        return replace(said, change="withdrawn", row=None, values=None, absences=now.absences)
    if not was_known:
        return replace(said, change="registered" if before is None else "returned")
    fields = source.differing(old, now.values)
    return replace(said, change="amended", fields=fields) if fields else None


class _File:
    """One file taken in; last says of every body that it changed which file and row did it."""

    def __init__(self, source: Source, file: Delivery) -> None:
        self.source = source
        self.file = file
        self.last: dict[str, tuple[str, int | None]] = {}
        shown = [(row.removed, shown_by(source, file, number, row)) for number, row in enumerate(file.rows, start=2)]
        self.removed = [each for removed, each in shown if removed]
        rest = [each for removed, each in shown if not removed]
        self.rejected = [each for each in rest if is_rejected(source, each)]
        self.rows = [each for each in rest if not is_rejected(source, each)]

    def take(self) -> None:
        """Let the bodies be what they are after this file."""
        given_back = self._drop_repeats()
        matched, kept = Recognising(self.source, self.rows).recognise([*given_back, *self.rejected])
        seen = {*matched.values(), *kept}
        for shown in self.rows:
            record_id = matched.get(shown.row)
            if record_id is None:
                record_id = self._found(shown, seen)
            else:
                self._show(record_id, shown)
            seen.add(record_id)
        seen |= self._remove(seen)
        self._see(kept)
        if self.file.kind == "full" and not self.source.spec.grows:
            self._miss(seen)

    def _drop_repeats(self) -> list[Shown]:
        """Repeats count once; where a code is one body's, rows that disagree under it are given back, all of them."""
        first = {shown.text: shown for shown in reversed(self.rows)}
        rows = [shown for shown in self.rows if first[shown.text] is shown]
        given_back: list[Shown] = []
        kept: list[Shown] = []
        for shown in rows:
            alike = [each for each in rows if self._best(each) == self._best(shown)]
            same = [each for each in alike if not self.source.differing(each.values, shown.values)]
            if len(same) < len(alike) and self._gives_back(shown):
                own = self.source.spec.identity[0]
                given_back.append(replace(shown, values={name: shown.values[name] for name in own}))
            elif not any(each in kept for each in same):
                kept.append(shown)
        self.rows = kept
        return given_back

    def _best(self, shown: Shown) -> tuple[int, str] | None:
        return self.source.keys.best(shown.values)

    def _gives_back(self, shown: Shown) -> bool:
        by_code = self.source.code_of(shown.values) is not None
        return by_code and self.source.spec.key_conflicts == "reject"

    def _found(self, shown: Shown, seen: set[str]) -> str:
        """A body that nobody knew before."""
        text, registry = self.source.keys.founding_text(shown.values), self.source.registry.value
        taken = {*seen, *self.source.bodies}
        record_id = new_record_id(REGION.county_id, registry, text, taken.__contains__)
        self._put(Body(record_id, shown.values, shown.text), shown.row)
        return record_id

    def _show(self, record_id: str, shown: Shown) -> None:
        before = self.source.bodies[record_id]
        lacking = {
            name: value
            for name, value in before.values.items()
            if name not in shown.values and (name not in self.file.fields or name in shown.unreadable)
        }
        values = {**shown.values, **lacking}
        if before.gone or before.text != shown.text or self.source.differing(before.values, values):
            self._put(replace(before, values=values, text=shown.text, absences=0, gone=False), shown.row)
        else:
            self._see([record_id])

    def _put(self, body: Body, row: int | None) -> None:
        self.source.bodies[body.record_id] = body
        self.last[body.record_id] = (self.file.extract_id, row)

    def _remove(self, seen: set[str]) -> set[str]:
        """Rows of a delta that say that somebody is gone."""
        gone: set[str] = set()
        for shown in self.removed:
            found = self._meant(shown, seen | gone)
            if found is not None:
                gone.add(found.record_id)
                self._put(replace(found, gone=True, absences=0), None)
        return gone

    def _meant(self, shown: Shown, seen: set[str]) -> Body | None:
        keys = self.source.keys
        for alternative in range(len(keys.alternatives)):
            key = keys.key(alternative, shown.values)
            for record_id in sorted(self.source.bodies):
                body = self.source.bodies[record_id]
                is_open = not body.gone and record_id not in seen
                if is_open and key is not None and keys.key(alternative, body.values) == key:
                    return body
        return None

    def _see(self, record_ids: Iterable[str]) -> None:
        for record_id in record_ids:
            body = self.source.bodies[record_id]
            if not body.gone:
                self.source.bodies[record_id] = replace(body, absences=0)

    def _miss(self, seen: set[str]) -> None:
        for record_id, body in list(self.source.bodies.items()):
            if record_id not in seen and not body.gone:
                missed = replace(body, absences=body.absences + 1)
                if missed.absences >= ABSENCES:
                    self._put(replace(missed, gone=True), None)
                else:
                    self.source.bodies[record_id] = missed
