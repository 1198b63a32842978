"""A person's decision on its way into the log, and what it would change, tried on a copy of the hub."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hub_kernel.errors import UsageError
from tuolian.cli.wording import short_id
from tuolian.subjects import find_decision, find_finding, find_record

# What the subjects of a decision are, by its kind; of every other kind a finding.
_FINDERS = {
    "link": find_record,
    "unlink": find_record,
    "distinct": find_record,
    "alias": find_record,
    "revoke": find_decision,
}

if TYPE_CHECKING:
    from hub_vocabulary.divisions import Region
    from tuolian.hub import Hub


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided, about which records or finding, by whom and why; as_of None means the last evaluated day."""

    kind: str
    subjects: tuple[str, ...]
    actor: str
    office: str
    reason: str
    value: str | None = None
    document: str | None = None
    as_of: date | None = None
    expires_on: date | None = None


def record(hub: "Hub", region: "Region", decision: Decision) -> str:
    """Keeps a decision and lets everything that follows from it follow; a sentence for the person.

    Raises UsageError for a record or finding that the county does not have, and when nothing was evaluated yet,
    so that no day can be taken.
    """
    day = decision.as_of or hub.last_day(region)
    if day is None:
        raise UsageError(f"{region.name}还没有接收过文件：请先 tuolian ingest，或用 --as-of 写明日期。")
    find = _FINDERS.get(decision.kind, find_finding)
    decision_id = hub.intake.record_decision(
        region,
        kind=decision.kind,
        subjects=[find(hub, region, subject) for subject in decision.subjects],
        as_of=day,
        actor=decision.actor,
        office=decision.office,
        reason=decision.reason,
        value=decision.value,
        document=decision.document,
        expires_on=decision.expires_on,
    )
    hub.catch_up()
    return f"已记下决定 {short_id(decision_id)}（自 {day} 起）：{decision.actor}，{decision.reason}"


def would_change(hub: "Hub", region: "Region", decision: Decision) -> list[str]:
    """What the decision would open and close, found out on a copy that is thrown away; Chinese lines."""
    with TemporaryDirectory(prefix="tuolian-preview-") as folder, hub.copied_to(Path(folder)) as copy:
        before = _open_findings(copy, region)
        record(copy, region, decision)
        after = _open_findings(copy, region)
    lines = [f"  新开 {_sentence(after[each])}" for each in after if each not in before]
    lines += [f"  了结 {_sentence(before[each])}" for each in before if each not in after]
    return ["如果作出这一决定：", *lines] if lines else ["如果作出这一决定：疑点没有变化。"]


def _open_findings(hub: "Hub", region: "Region") -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in hub.answers.findings(region)}


def _sentence(row: dict[str, Any]) -> str:
    return f"{row['rule']} {row['subject']['name']}（自 {row['opened_on']}）"
