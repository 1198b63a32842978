"""tuolian decide: what a person decides about records and findings; kept as events with office and reason."""

from datetime import date
from typing import Annotated

import typer

from tuolian.cli.opening import opened
from tuolian.cli.options import (
    Actor,
    Document,
    Home,
    Office,
    OneRegion,
    Reason,
    examples,
    read_choice,
    read_date,
)
from tuolian.cli.printing import emit
from tuolian.cli.wording import ACCEPTED_AS, OFFICES

EXAMPLES = examples(
    "tuolian decide link 记录甲 记录乙 --region 区划码 --actor 王芳 --office health --reason 现场核实为同一家",
    "tuolian decide distinct 记录甲 记录乙 --region 区划码 --actor 王芳 --office education --reason 两个园区 --preview",
    "tuolian decide accept 疑点编号 --region 区划码 --actor 王芳 --office health --reason 已报市局同意 "
    "--document 某卫〔2023〕12号 --expires 2023-12-31",
)

Record = Annotated[str, typer.Argument(metavar="记录", help="记录编号，见 tuolian sites。A record's id.")]
OtherRecord = Annotated[str, typer.Argument(metavar="另一记录", help="另一条记录的编号。 Another record's id.")]
Finding = Annotated[str, typer.Argument(metavar="疑点", help="疑点编号，见 tuolian findings。A finding's id.")]
On = Annotated[
    date | None,
    typer.Option("--as-of", metavar="日期", parser=read_date, help="从哪天起算；默认最近核对的日期。 From which day."),
]
Preview = Annotated[
    bool, typer.Option("--preview", help="不作决定，只列出会新开和了结哪些疑点。 Only list what it would change.")
]


def _decide(
    context: typer.Context,
    region: str,
    kind: str,
    subjects: tuple[str, ...],
    person: tuple[str, str, str],
    *,
    value: str | None = None,
    document: str | None = None,
    as_of: date | None = None,
    expires: date | None = None,
    preview: bool = False,
) -> None:
    from tuolian.cli.opening import find_region
    from tuolian.deciding import Decision, record, would_change

    actor, office, reason = person
    with opened(context) as hub:
        decision = Decision(
            kind=kind,
            subjects=subjects,
            value=value,
            actor=actor,
            office=read_choice(office, list(OFFICES.items()), "--office"),
            reason=reason,
            document=document,
            as_of=as_of,
            expires_on=expires,
        )
        county = find_region(hub, region)
        if preview:
            emit("\n".join(would_change(hub, county, decision)))
        else:
            emit(record(hub, county, decision))


def link(
    context: typer.Context,
    left: Record,
    right: OtherRecord,
    region: OneRegion,
    actor: Actor,
    office: Office,
    reason: Reason,
    document: Document = None,
    as_of: On = None,
    preview: Preview = False,
    home: Home = None,
) -> None:
    """两条记录是同一家。 Two records mean the same."""
    person = (actor, office, reason)
    _decide(context, region, "link", (left, right), person, document=document, as_of=as_of, preview=preview)


def unlink(
    context: typer.Context,
    left: Record,
    right: OtherRecord,
    region: OneRegion,
    actor: Actor,
    office: Office,
    reason: Reason,
    document: Document = None,
    as_of: On = None,
    preview: Preview = False,
    home: Home = None,
) -> None:
    """撤销两条记录的关联。 Two records no longer count as the same."""
    person = (actor, office, reason)
    _decide(context, region, "unlink", (left, right), person, document=document, as_of=as_of, preview=preview)


def distinct(
    context: typer.Context,
    left: Record,
    right: OtherRecord,
    region: OneRegion,
    actor: Actor,
    office: Office,
    reason: Reason,
    document: Document = None,
    as_of: On = None,
    preview: Preview = False,
    home: Home = None,
) -> None:
    """两条记录不是同一家，以后也不再疑。 Two records are not the same, for good."""
    person = (actor, office, reason)
    _decide(context, region, "distinct", (left, right), person, document=document, as_of=as_of, preview=preview)


def alias(
    context: typer.Context,
    record_id: Record,
    name: Annotated[str, typer.Argument(metavar="别名", help="也叫这个名称。 Another name of it.")],
    region: OneRegion,
    actor: Actor,
    office: Office,
    reason: Reason,
    document: Document = None,
    as_of: On = None,
    preview: Preview = False,
    home: Home = None,
) -> None:
    """一条记录另有一个名称。A record has another name."""
    person = (actor, office, reason)
    _decide(context, region, "alias", (record_id,), person, value=name, document=document, as_of=as_of, preview=preview)


def accept(
    context: typer.Context,
    finding: Finding,
    region: OneRegion,
    actor: Actor,
    office: Office,
    reason: Reason,
    expires: Annotated[
        date | None,
        typer.Option("--expires", metavar="日期", parser=read_date, help="到哪天为止；可不写。 Until."),
    ] = None,
    accepted_as: Annotated[
        str,
        typer.Option(
            "--as", metavar="性质", help="认可、误报，还是不在范围。 Accepted, false_positive or out_of_scope."
        ),
    ] = "accepted",
    document: Document = None,
    as_of: On = None,
    preview: Preview = False,
    home: Home = None,
) -> None:
    """疑点予以认可、是误报或不在范围，可写到期日。A finding is accepted, wrong or out of scope, until a day."""
    person = (actor, office, reason)
    chosen = read_choice(accepted_as, list(ACCEPTED_AS.items()), "--as")
    _decide(
        context,
        region,
        "accept",
        (finding,),
        person,
        value=None if chosen == "accepted" else chosen.upper(),
        document=document,
        as_of=as_of,
        expires=expires,
        preview=preview,
    )


def assign(
    context: typer.Context,
    finding: Finding,
    to: Annotated[str, typer.Option("--to", metavar="部门", help="交给哪个部门。 The office that must act.")],
    region: OneRegion,
    actor: Actor,
    office: Office,
    reason: Reason,
    home: Home = None,
) -> None:
    """把疑点交给一个部门处理。 Gives a finding to an office."""
    value = read_choice(to, list(OFFICES.items()), "--to")
    _decide(context, region, "assign", (finding,), (actor, office, reason), value=value)


def request_correction(
    context: typer.Context,
    finding: Finding,
    text: Annotated[str, typer.Option("--text", metavar="内容", help="请对方更正什么。 What to correct.")],
    region: OneRegion,
    actor: Actor,
    office: Office,
    reason: Reason,
    document: Document = None,
    home: Home = None,
) -> None:
    """请登记部门更正，记下发出了什么。 Asks the owner of the register for a correction, and keeps what was asked."""
    _decide(context, region, "request_correction", (finding,), (actor, office, reason), value=text, document=document)


def record_answer(
    context: typer.Context,
    finding: Finding,
    text: Annotated[str, typer.Option("--text", metavar="内容", help="对方的答复。 The answer.")],
    region: OneRegion,
    actor: Actor,
    office: Office,
    reason: Reason,
    document: Document = None,
    home: Home = None,
) -> None:
    """记下登记部门的答复；更正到来后疑点自会了结。 Keeps the answer; the finding closes with the correction."""
    _decide(context, region, "record_answer", (finding,), (actor, office, reason), value=text, document=document)


def revoke(
    context: typer.Context,
    decision: Annotated[str, typer.Argument(metavar="决定", help="决定编号，见 tuolian history。 A decision's id.")],
    region: OneRegion,
    actor: Actor,
    office: Office,
    reason: Reason,
    document: Document = None,
    as_of: On = None,
    preview: Preview = False,
    home: Home = None,
) -> None:
    """撤销以前的一个决定；它在此之前的效力不变。 Takes a decision back from a day on; until then it stays in force."""
    person = (actor, office, reason)
    _decide(context, region, "revoke", (decision,), person, document=document, as_of=as_of, preview=preview)
