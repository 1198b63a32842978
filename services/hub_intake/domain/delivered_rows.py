"""What rows of one delivery say about each other: repeats count once, contradictions are given back; pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hub_intake.domain.extract import Extract, IncomingRow
from hub_intake.domain.identity import IdentityKeys
from hub_intake.domain.meaning import Comparing
from hub_intake.domain.rows import CellNote, CleanRow, RejectedRow

Values = Mapping[str, Any]


@dataclass(slots=True)
class SortedRows:
    """The places (in Extract.rows) of rows that count, what was noted of repeats, and rows given back, by place."""

    places: list[int] = field(default_factory=list)
    repeats: list[CellNote] = field(default_factory=list)
    rejected: dict[int, RejectedRow] = field(default_factory=dict)


class RowSorting:
    """Sorts the rows of one register's deliveries."""

    def __init__(self, keys: IdentityKeys, comparing: Comparing, *, rejects_conflicts: bool) -> None:
        self._keys = keys
        self._comparing = comparing
        self._rejects = rejects_conflicts

    def sort(self, extract: Extract, values_of: Callable[[IncomingRow], Values]) -> SortedRows:
        """Exact repeats and rows that mean the same count once; where the register gives a code to one body only,
        rows that disagree under one code are rejected, all of them.
        """
        result = SortedRows()
        first: dict[str, int] = {}
        distinct = []
        for place, row in enumerate(extract.rows):
            if row.source_digest in first:
                self._note(result, extract, place, first[row.source_digest], values_of)
            else:
                first[row.source_digest] = place
                distinct.append(place)
        dropped: set[int] = set()
        if any(isinstance(extract.rows[place], CleanRow) for place in distinct):
            for (alternative, _key), places in self._groups(extract, distinct, values_of):
                dropped |= self._settle(result, extract, alternative, places, values_of)
        result.places = [place for place in distinct if place not in dropped]
        result.repeats.sort(key=lambda note: note.row)
        return result

    def _groups(
        self, extract: Extract, places: Iterable[int], values_of: Callable[[IncomingRow], Values]
    ) -> list[tuple[tuple[int, str], list[int]]]:
        groups: dict[tuple[int, str], list[int]] = {}
        for place in places:
            best = self._keys.best(values_of(extract.rows[place]))
            if best is not None:
                groups.setdefault(best, []).append(place)
        return [(key, group) for key, group in groups.items() if len(group) > 1]

    def _settle(
        self,
        result: SortedRows,
        extract: Extract,
        alternative: int,
        places: list[int],
        values_of: Callable[[IncomingRow], Values],
    ) -> set[int]:
        kept: list[int] = []
        repeats: list[tuple[int, int]] = []
        for place in places:
            values = values_of(extract.rows[place])
            same = [each for each in kept if not self._comparing.differing(values_of(extract.rows[each]), values)]
            if same:
                repeats.append((place, same[0]))
            else:
                kept.append(place)
        if len(kept) > 1 and self._rejects and self._keys.has_code(alternative):
            for place in places:
                result.rejected[place] = self._contradiction(extract, alternative, place, places, values_of)
            return set(places)
        for place, first in repeats:
            self._note(result, extract, place, first, values_of)
        return {place for place, _first in repeats}

    def _note(
        self,
        result: SortedRows,
        extract: Extract,
        place: int,
        first: int,
        values_of: Callable[[IncomingRow], Values],
    ) -> None:
        row, values = extract.rows[place], values_of(extract.rows[place])
        best = self._keys.best(values)
        name = self._keys.alternatives[best[0] if best else 0][0][0]
        reason = f"与第 {extract.rows[first].row} 行重复，只算一次；请删去多余的一行"
        result.repeats.append(CellNote(row.row, extract.headings.get(name, name), str(values.get(name) or ""), reason))

    def _contradiction(
        self,
        extract: Extract,
        alternative: int,
        place: int,
        places: list[int],
        values_of: Callable[[IncomingRow], Values],
    ) -> RejectedRow:
        row, values = extract.rows[place], values_of(extract.rows[place])
        name = self._keys.alternatives[alternative][0][0]
        others = "、".join(str(extract.rows[each].row) for each in places if each != place)
        reason = f"与第 {others} 行代码相同而内容不同，都没有采用；请核对哪一行是对的，更正后重新报送"
        fault = CellNote(row.row, extract.headings.get(name, name), str(values[name]), reason)
        identity = {part: values[part] for part, _key in self._keys.alternatives[alternative]}
        return RejectedRow(row.row, (fault,), identity, {})
