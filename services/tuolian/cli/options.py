"""The options that commands share, with their words, and how their values are read."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from hub_kernel.errors import UsageError

# Dates and times that people type are those of their own clocks.
LOCAL = ZoneInfo("Asia/Shanghai")

HOME_KEY = "tuolian.home"


def remember_home(context: typer.Context, home: Path | None) -> Path | None:
    """Keeps --home for the command, wherever on the line it stood; the last one given counts."""
    if home is not None:
        context.meta[HOME_KEY] = home
    return home


def read_date(text: str) -> date:
    """A day as typed: 2023-07-31, 20230731, 2023/7/31 or 2023年7月31日; UsageError for anything else."""
    for layout in ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"):
        try:
            return datetime.strptime(text.strip(), layout).date()
        except ValueError:
            continue
    raise UsageError(f"日期“{text}”看不懂：请写成 2023-07-31 这样的日期。")


def read_moment(text: str) -> int | datetime:
    """A county_seq, or a time (taken as Asia/Shanghai when it names no zone); UsageError for anything else."""
    if text.strip().isdigit() and len(text.strip()) < 8:
        return int(text)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--known-at 的“{text}”看不懂：请写时间（2023-08-01T09:00）或县内序号（如 120）。") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)


Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="目录",
        callback=remember_home,
        help="托联的数据目录（也可用环境变量 TUOLIAN_HOME；默认 ~/.tuolian）。 Where this hub lives.",
    ),
]
Region = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="区划",
        help="六位区划码或县名；不写则为所有已知的县。 Six-digit code or full name; all known counties if left out.",
    ),
]
OneRegion = Annotated[
    str,
    typer.Option("--region", metavar="区划", help="六位区划码或县的全名。 Six-digit code or full name."),
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", metavar="日期", parser=read_date, help="截至哪天，如 2023-07-31。 What was true that day."),
]
KnownAt = Annotated[
    object,
    typer.Option(
        "--known-at",
        metavar="时间或序号",
        parser=read_moment,
        help="当时所知：时间（2023-08-01T09:00）或县内序号。 What was known then: a time or a county_seq.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="逐行输出 JSON，供程序读取。JSON lines.")]
Actor = Annotated[str, typer.Option("--actor", metavar="姓名", help="作出决定的人。 Who decides.")]
Office = Annotated[
    str,
    typer.Option(
        "--office",
        metavar="部门",
        help="部门：health、education、institution、civil、market 或中文名。 The office that decides.",
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="理由，写给以后查阅的人。 Why.")]
Document = Annotated[
    str | None, typer.Option("--document", metavar="文号", help="依据的文件或文号。 The document it rests on.")
]


def examples(*lines: str) -> str:
    """The examples under a command's help, one a line."""
    return "\n\n".join(("示例 Examples:", *(f"  $ {line}" for line in lines)))


def read_choice(text: str, choices: Sequence[tuple[str, str]], option: str) -> str:
    """The name of a choice, given by its name or its Chinese word; UsageError lists what would be right."""
    for name, word in choices:
        if text.strip().lower() == name or text.strip() == word:
            return name
    listed = "、".join(f"{name}（{word}）" for name, word in choices)
    raise UsageError(f"{option} 没有“{text}”：可以写 {listed}。")


def local_time(recorded_at: str) -> str:
    """A recording time (UTC, ISO) as the clocks of the offices show it, to the second."""
    return datetime.fromisoformat(recorded_at).astimezone(LOCAL).strftime("%Y-%m-%d %H:%M:%S")
