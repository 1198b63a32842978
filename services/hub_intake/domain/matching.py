"""Which row of a delivery shows which known record: by its text, by its keys, and by what else speaks for it; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from hub_intake.domain.continuity import ENOUGH, Continuity
from hub_intake.domain.identity import IdentityKeys
from hub_intake.domain.known import KnownRecord
from hub_intake.domain.sources import SourceSpec
from hub_vocabulary.divisions import Region

Values = Mapping[str, Any]

# A value that more records share than these (an office's phone) tells nobody apart.
_MOST_SHARING = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row to be matched: its place in the delivery, its digest, its values."""

    place: int
    digest: str
    values: Values


@dataclass(slots=True)
class Matching:
    """The outcome: place of the row → record_id; and the record_ids that rejected rows still showed, by their place."""

    rows: dict[int, str] = field(default_factory=dict)
    kept: dict[int, str] = field(default_factory=dict)


class Matcher:
    """Matches the rows of one register in one region."""

    def __init__(self, spec: SourceSpec, region: Region) -> None:
        self.keys = IdentityKeys(spec, region)
        self.continuity = Continuity(spec, region)
        self._follows = not spec.grows

    def match(
        self, rows: Sequence[Candidate], rejected: Sequence[tuple[int, Values]], known: Iterable[KnownRecord]
    ) -> Matching:
        """One record at most for a row, one row at most for a record.

        rejected gives place and readable identity of rejected rows: they take a record only by a key, and only
        what no good row takes. Withdrawn records are taken by text or key, never by likeness.
        """
        work = _Work(self, rows, known)
        if not work.known:
            return work.matching
        work.take_equal_texts()
        if work.rows:
            work.take_by_keys(withdrawn=False)
        if work.rows:
            work.take_by_keys(withdrawn=True)
        work.keep(rejected)
        if work.rows and self._follows:
            work.take_by_likeness()
        return work.matching


class _Work:
    """One matching as it proceeds: what is still open on both sides."""

    def __init__(self, matcher: Matcher, rows: Sequence[Candidate], known: Iterable[KnownRecord]) -> None:
        self.keys = matcher.keys
        self.continuity = matcher.continuity
        self.matching = Matching()
        self.rows = {row.place: row for row in rows}
        # In order of their ids: which record a row takes must not depend on the order in which they became known.
        self.known = {record.record_id: record for record in sorted(known, key=attrgetter("record_id"))}

    def take_equal_texts(self) -> None:
        by_digest: dict[str, KnownRecord] = {}
        for record in self.known.values():
            other = by_digest.get(record.source_digest)
            if other is None or (other.withdrawn and not record.withdrawn):
                by_digest[record.source_digest] = record
        for row in list(self.rows.values()):
            found = by_digest.pop(row.digest, None)
            if found is not None:
                self._take(row.place, found.record_id)

    def take_by_keys(self, *, withdrawn: bool) -> None:
        records = [record for record in self.known.values() if record.withdrawn is withdrawn]
        for alternative in range(len(self.keys.alternatives)):
            self._take_by_key(alternative, records, self._key_of_record)
        if self.keys.has_code(0):
            self._take_by_former_keys(records)

    def keep(self, rejected: Sequence[tuple[int, Values]]) -> None:
        for alternative in range(len(self.keys.alternatives)):
            index: dict[str, list[str]] = {}
            for record in self.known.values():
                key = self.keys.key(alternative, record.values)
                if key is not None and not record.withdrawn:
                    index.setdefault(key, []).append(record.record_id)
            for place, identity in rejected:
                key = self.keys.key(alternative, identity)
                if place not in self.matching.kept and key is not None and index.get(key):
                    record_id = index[key].pop(0)
                    self.matching.kept[place] = record_id
                    del self.known[record_id]

    def take_by_likeness(self) -> None:
        records = {record.record_id: record for record in self.known.values() if not record.withdrawn}
        pairs = self._candidate_pairs(records)
        scored = [(self._score(place, records[record_id]), place, record_id) for place, record_id in pairs]
        self._take_best([each for each in scored if each[0][0] >= ENOUGH])

    def _take_by_key(
        self, alternative: int, records: Iterable[KnownRecord], key_of: Callable[[int, KnownRecord], str | None]
    ) -> None:
        index: dict[str, list[KnownRecord]] = {}
        for record in records:
            if record.record_id in self.known and (key := key_of(alternative, record)) is not None:
                index.setdefault(key, []).append(record)
        groups: dict[str, list[Candidate]] = {}
        for row in self.rows.values():
            key = self.keys.key(alternative, row.values)
            if key is not None and key in index:
                groups.setdefault(key, []).append(row)
        for key, rows in groups.items():
            self._take_group(alternative, rows, index[key])

    def _take_group(self, alternative: int, rows: list[Candidate], records: list[KnownRecord]) -> None:
        pairs = [(row, record) for row in rows for record in records if self._agree(alternative, row, record)]
        if len(pairs) == 1:
            self._take(pairs[0][0].place, pairs[0][1].record_id)
        else:
            self._take_best([(self._score(row.place, record), row.place, record.record_id) for row, record in pairs])

    def _agree(self, alternative: int, row: Candidate, record: KnownRecord) -> bool:
        """A better key that both have, and that differs, leaves the decision to likeness."""
        for better in range(alternative):
            mine, other = self.keys.key(better, row.values), self.keys.key(better, record.values)
            if mine is not None and other is not None and mine != other:
                return False
        return True

    def _key_of_record(self, alternative: int, record: KnownRecord) -> str | None:
        return self.keys.key(alternative, record.values)

    def _take_by_former_keys(self, records: Iterable[KnownRecord]) -> None:
        former: dict[str, KnownRecord] = {}
        for each in records:
            for former_key in each.former_keys if each.record_id in self.known else ():
                former.setdefault(former_key, each)
        for row in list(self.rows.values()):
            code = self.keys.key(0, row.values)
            record = former.get(code) if code is not None else None
            if record is not None and record.record_id in self.known:
                self._take(row.place, record.record_id)

    def _candidate_pairs(self, records: Mapping[str, KnownRecord]) -> list[tuple[int, str]]:
        index: dict[tuple[str, Any], list[str]] = {}
        for record in records.values():
            for block in self.continuity.blocks(record.values):
                index.setdefault(block, []).append(record.record_id)
        found: dict[tuple[int, str], None] = {}
        for row in self.rows.values():
            for block in self.continuity.blocks(row.values):
                sharing = index.get(block, ())
                if len(sharing) <= _MOST_SHARING:
                    found.update(dict.fromkeys((row.place, record_id) for record_id in sharing))
        return list(found)

    def _score(self, place: int, record: KnownRecord) -> tuple[int, int]:
        row = self.rows[place].values
        return self.continuity.points(row, record.values), self.continuity.likeness(row, record.values)

    def _take_best(self, scored: list[tuple[tuple[int, int], int, str]]) -> None:
        for _score, place, record_id in sorted(scored, key=lambda each: (-each[0][0], -each[0][1], each[1], each[2])):
            if place in self.rows and record_id in self.known:
                self._take(place, record_id)

    def _take(self, place: int, record_id: str) -> None:
        self.matching.rows[place] = record_id
        del self.rows[place]
        del self.known[record_id]
