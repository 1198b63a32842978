"""Which row of a file shows which known body, by the written rules: text, keys, former codes, likeness."""

from collections.abc import Iterable, Mapping, Sequence

from hub_intake.domain.continuity import ENOUGH
from tests.oracle.registers import Body, Shown, Source


class Recognising:
    """Recognises the rows of one file among the bodies that its register knows."""

    def __init__(self, source: Source, rows: Sequence[Shown]) -> None:
        """Begin with all rows and all bodies open."""
        self.source = source
        self.rows = {shown.row: shown for shown in rows}
        self.bodies = {record_id: source.bodies[record_id] for record_id in sorted(source.bodies)}
        self.matched: dict[int, str] = {}

    def recognise(self, given_back: Sequence[Shown]) -> tuple[dict[int, str], list[str]]:
        """Row → the body it shows; and the bodies that rows nobody could take still show by a key."""
        for shown in list(self.rows.values()):
            same = sorted((body for body in self.bodies.values() if body.text == shown.text), key=_known_first)
            for body in same[:1]:
                self._take(shown.row, body.record_id)
        for gone in (False, True):
            for alternative in range(len(self.source.keys.alternatives)):
                self._take_by_key(alternative, gone=gone)
            self._take_by_former_codes(gone=gone)
        kept = self._kept(given_back)
        if not self.source.spec.grows:
            for row, record_id in self._best_first(self._alike()):
                self._take(row, record_id)
        return self.matched, kept

    def _take(self, row: int, record_id: str) -> None:
        if row in self.rows and record_id in self.bodies:
            self.matched[row] = record_id
            del self.rows[row], self.bodies[record_id]

    def _take_by_key(self, alternative: int, *, gone: bool) -> None:
        pairs = [
            (shown, body)
            for shown in self.rows.values()
            for body in self.bodies.values()
            if body.gone is gone and self._same_key(alternative, shown, body)
        ]
        for row, record_id in self._best_first(pairs):
            self._take(row, record_id)

    def _take_by_former_codes(self, *, gone: bool) -> None:
        for shown in list(self.rows.values()):
            code = self.source.code_of(shown.values)
            had = [body for body in self.bodies.values() if body.gone is gone and code in body.former_codes]
            for body in had[:1]:
                self._take(shown.row, body.record_id)

    def _same_key(self, alternative: int, shown: Shown, body: Body) -> bool:
        """Equal by this alternative, and not told apart by a better one that both have."""
        keys = self.source.keys
        mine, other = keys.key(alternative, shown.values), keys.key(alternative, body.values)
        if mine is None or mine != other:
            return False
        better = [(keys.key(each, shown.values), keys.key(each, body.values)) for each in range(alternative)]
        return all(one is None or two is None or one == two for one, two in better)

    def _alike(self) -> list[tuple[Shown, Body]]:
        continuity = self.source.continuity
        return [
            (shown, body)
            for shown in self.rows.values()
            for body in self.bodies.values()
            if not body.gone
            and not set(continuity.blocks(shown.values)).isdisjoint(continuity.blocks(body.values))
            and continuity.points(shown.values, body.values) >= ENOUGH
        ]

    def _best_first(self, pairs: Iterable[tuple[Shown, Body]]) -> list[tuple[int, str]]:
        continuity = self.source.continuity
        scored = [
            (
                -continuity.points(shown.values, body.values),
                -continuity.likeness(shown.values, body.values),
                shown.row,
                body.record_id,
            )
            for shown, body in pairs
        ]
        return [(row, record_id) for _points, _likeness, row, record_id in sorted(scored)]

    def _kept(self, given_back: Sequence[Shown]) -> list[str]:
        """Bodies that rows nobody could take still show by a key: no absence."""
        kept = []
        waiting = list(given_back)
        for alternative in range(len(self.source.keys.alternatives)):
            for shown in list(waiting):
                found = self._with_key(alternative, shown.values)
                if found is not None:
                    kept.append(found.record_id)
                    waiting.remove(shown)
                    del self.bodies[found.record_id]
        return kept

    def _with_key(self, alternative: int, values: Mapping[str, object]) -> Body | None:
        keys = self.source.keys
        key = keys.key(alternative, values)
        same = [each for each in self.bodies.values() if not each.gone and keys.key(alternative, each.values) == key]
        return same[0] if key is not None and same else None


def _known_first(body: Body) -> tuple[bool, str]:
    return (body.gone, body.record_id)
