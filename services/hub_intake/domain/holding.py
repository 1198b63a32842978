"""Whether a delivery is outside what is known of its source, and why: the reasons for holding it; pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hub_intake.domain.limits import DeliveryLimits


class Reason(StrEnum):
    """Why a delivery is held, by the words of the rules."""

    SHORT = "short"
    LONG = "long"
    KEYS = "keys"
    EMPTY = "empty"
    COLUMN = "column"
    FILL = "fill"
    MASS = "mass"
    REJECTED = "rejected"
    COUNTY = "county"
    OLDER = "older"
    FUTURE = "future"
    UNREADABLE = "unreadable"


@dataclass(slots=True)
class DeliveryFacts:
    """What a delivery is judged by, over all counties it covers.

    known is the number of records known before its day, None when nothing was ever delivered before; present
    how many of them it shows. fill and fill_before: required field → filled cells in a hundred rows, by heading
    in headings. amended: field of names, codes, addresses and representatives → records in which it changed.
    exchanged: two number fields → records in which they changed places. newest is the newest accepted day.
    """

    as_of: date
    today: date
    rows: int
    is_full: bool = True
    grows: bool = False
    newest: date | None = None
    known: int | None = None
    present: int = 0
    missing_columns: tuple[str, ...] = ()
    fill: Mapping[str, int] = field(default_factory=dict)
    fill_before: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    amended: Mapping[str, int] = field(default_factory=dict)
    exchanged: Mapping[tuple[str, str], int] = field(default_factory=dict)
    rejected: int = 0
    foreign: int = 0
    covered: str = ""

    def title(self, name: str) -> str:
        """A field as people know it."""
        return self.headings.get(name, name)


Finding = tuple[Reason, str]


def reasons_to_hold(facts: DeliveryFacts, limits: DeliveryLimits) -> list[Finding]:
    """Every reason for which the delivery is held, each with a Chinese sentence; empty when it may be accepted."""
    found = [*_dates(facts), *_contents(facts, limits)]
    if facts.missing_columns:
        # Without a required column no row says what it should: the other limits would only repeat it.
        return found
    if facts.known is not None and facts.known > 0:
        for check in _AGAINST_KNOWN:
            found += check(facts, limits)
    return sorted(found, key=lambda finding: list(Reason).index(finding[0]))


def _dates(facts: DeliveryFacts) -> Iterator[Finding]:
    if facts.as_of > facts.today:
        yield Reason.FUTURE, f"日期 {facts.as_of} 在今天（{facts.today}）之后：请核对 --as-of"
    if facts.newest is not None and facts.as_of < facts.newest:
        yield (
            Reason.OLDER,
            f"日期 {facts.as_of} 早于这一来源已接收的最新日期 {facts.newest}：核实确为补报后放行，历史会按日期补上",
        )


def _contents(facts: DeliveryFacts, limits: DeliveryLimits) -> Iterator[Finding]:
    if facts.missing_columns:
        columns = "、".join(f"“{facts.title(name)}”" for name in facts.missing_columns)
        yield (
            Reason.COLUMN,
            f"缺少必需的列 {columns}：请向报送部门要完整的文件，或用 tuolian map 重新确定列对应关系后再读",
        )
    elif facts.rows == 0:
        yield Reason.EMPTY, "没有数据行：请核对是否导出有误"
    if facts.foreign * 100 > limits.foreign_percent * facts.rows:
        yield (
            Reason.COUNTY,
            f"{facts.rows} 行中有 {facts.foreign} 行来自 {facts.covered} 以外：请核对是否送错了文件",
        )


def _row_number(facts: DeliveryFacts, limits: DeliveryLimits) -> Iterator[Finding]:
    known = facts.known or 0
    if not facts.is_full or facts.grows:
        return
    if facts.rows * 100 < limits.shortest_percent * known:
        yield Reason.SHORT, f"只有 {facts.rows} 行，而已知有效记录 {known} 条：请核对是否导出不全"
    if facts.rows * 100 > limits.longest_percent * known:
        yield Reason.LONG, f"有 {facts.rows} 行，而已知有效记录 {known} 条：请核对是否重复导出"


def _keys(facts: DeliveryFacts, limits: DeliveryLimits) -> Iterator[Finding]:
    known = facts.known or 0
    if facts.is_full and not facts.grows and facts.present * 100 < limits.known_keys_percent * known:
        yield Reason.KEYS, f"已知的 {known} 条记录中只出现了 {facts.present} 条：请核对是否导出不全或送错了文件"


def _fill(facts: DeliveryFacts, limits: DeliveryLimits) -> Iterator[Finding]:
    if not facts.is_full or facts.rows == 0:
        return
    for name, before in facts.fill_before.items():
        now = facts.fill.get(name, 0)
        if before - now > limits.fill_drop_points:
            yield (
                Reason.FILL,
                f"“{facts.title(name)}”的填写率从 {before}% 降到 {now}%：请核对是否串列或导出不全",
            )


def _mass(facts: DeliveryFacts, limits: DeliveryLimits) -> Iterator[Finding]:
    known = facts.known or 0
    for name, count in facts.amended.items():
        if count >= limits.mass_least and count * 100 > limits.mass_percent * known:
            yield Reason.MASS, f"“{facts.title(name)}”在 {known} 条记录中有 {count} 条同时变化：请核对是否串列"
    for (one, other), count in facts.exchanged.items():
        if count * 100 > limits.exchanged_percent * known:
            yield (
                Reason.MASS,
                f"“{facts.title(one)}”与“{facts.title(other)}”在 {count} 条记录中互换：请核对两列是否颠倒",
            )


def _rejected(facts: DeliveryFacts, limits: DeliveryLimits) -> Iterator[Finding]:
    if facts.rejected >= limits.rejected_least and facts.rejected * 100 > limits.rejected_percent * facts.rows:
        yield (
            Reason.REJECTED,
            f"{facts.rows} 行中有 {facts.rejected} 行不能采用：请按退回的工作簿更正后重新报送",
        )


_Check = Callable[[DeliveryFacts, DeliveryLimits], Iterator[Finding]]
_AGAINST_KNOWN: tuple[_Check, ...] = (_row_number, _keys, _fill, _mass, _rejected)
