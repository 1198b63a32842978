"""The whole command line on one page: every command, its function, its place in the help and its examples."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from tuolian.cli import (
    chain,
    changes,
    day,
    dead_letters,
    decide,
    demo,
    export,
    extracts,
    findings,
    health,
    history,
    indicators,
    ingest,
    link,
    links,
    log,
    map_layout,
    migrate,
    parked,
    rebuild,
    regions,
    rules,
    settings,
    sites,
    topics,
    worker,
)
from tuolian.cli.group import FaceGroup
from tuolian.cli.options import Home
from tuolian.cli.printing import emit

RECEIVING = "收件 Receiving"
ANSWERS = "答案 Answers"
DECIDING = "决定与设置 Deciding"
RUNNING = "运行 Running"

app = typer.Typer(
    name="tuolian",
    cls=FaceGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help=(
        "托联：把各部门手里的托育登记对到一处，找出不一致，跟到办结。"
        "Reconciles what five registries say about childcare sites.\n\n"
        "退出码：0 完成；1 有暂扣、拒收或差别；2 用法不对；3 拿不准，要人来定。"
        "Exit codes: 0 done, 1 refused or differences, 2 usage, 3 cannot decide."
    ),
    epilog="先试一试：tuolian demo · 一个命令的用法：tuolian 命令 --help",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        emit(f"tuolian {version('tuolian')}")
        raise typer.Exit


@app.callback()
def root(
    home: Home = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="版本。 The version.")
    ] = False,
) -> None:
    """Options before the command; --home is kept by its own callback."""


def remember_only(home: Home = None) -> None:
    """A group of commands that does nothing alone; --home is kept by its own callback."""


def _add(name: str, function: Callable[..., Any], panel: str, epilog: str) -> None:
    app.command(name, rich_help_panel=panel, epilog=epilog)(function)


def _add_group(
    name: str,
    panel: str,
    commands: tuple[tuple[str, Callable[..., Any]], ...],
    *,
    alone: Callable[..., Any] | None = None,
    words: str | None = None,
    epilog: str = "",
) -> None:
    group = typer.Typer(no_args_is_help=alone is None, help=words or (alone.__doc__ if alone else None), epilog=epilog)
    if alone is not None:
        group.callback(invoke_without_command=True, help=alone.__doc__, epilog=epilog)(alone)
    else:
        group.callback(help=words, epilog=epilog)(remember_only)
    for command_name, function in commands:
        group.command(command_name, epilog=epilog)(function)
    app.add_typer(group, name=name, rich_help_panel=panel)


_add("demo", demo.demo, RECEIVING, demo.EXAMPLES)
_add("map", map_layout.map_layout, RECEIVING, map_layout.EXAMPLES)
_add("ingest", ingest.ingest, RECEIVING, ingest.EXAMPLES)
_add_group(
    "extracts",
    RECEIVING,
    (
        ("release", extracts.release),
        ("discard", extracts.discard),
        ("reread", extracts.reread),
        ("workbook", extracts.workbook),
    ),
    alone=extracts.extracts,
    epilog=extracts.EXAMPLES,
)
_add("indicators", indicators.indicators, ANSWERS, indicators.EXAMPLES)
_add("findings", findings.findings, ANSWERS, findings.EXAMPLES)
_add("sites", sites.sites, ANSWERS, sites.EXAMPLES)
_add("chain", chain.chain, ANSWERS, chain.EXAMPLES)
_add_group(
    "links",
    ANSWERS,
    (("pending", links.pending), ("explain", links.explain)),
    alone=links.links,
    epilog=links.EXAMPLES,
)
_add("link", link.link, ANSWERS, link.EXAMPLES)
_add("changes", changes.changes, ANSWERS, changes.EXAMPLES)
_add("history", history.history, ANSWERS, history.EXAMPLES)
_add("export", export.export, ANSWERS, export.EXAMPLES)
_add_group(
    "decide",
    DECIDING,
    (
        ("link", decide.link),
        ("unlink", decide.unlink),
        ("distinct", decide.distinct),
        ("alias", decide.alias),
        ("accept", decide.accept),
        ("assign", decide.assign),
        ("request-correction", decide.request_correction),
        ("record-answer", decide.record_answer),
        ("revoke", decide.revoke),
    ),
    words="人的决定：记下是谁、哪个部门、为什么；以后的规则都以此为准。 What a person decides, with office and reason.",
    epilog=decide.EXAMPLES,
)
_add("day", day.day, DECIDING, day.EXAMPLES)
_add_group("rules", DECIDING, (("explain", rules.explain),), alone=rules.rules, epilog=rules.EXAMPLES)
_add_group(
    "settings",
    DECIDING,
    (("show", settings.show), ("set", settings.set_limits)),
    words="规则的阈值与接收的限度。 The limits of rules and deliveries.",
    epilog=settings.EXAMPLES,
)
_add_group(
    "regions",
    DECIDING,
    (("list", regions.list_regions), ("add", regions.add_region)),
    words="行政区划。 The administrative divisions.",
    epilog=regions.EXAMPLES,
)
_add("rebuild", rebuild.rebuild, RUNNING, rebuild.EXAMPLES)
_add_group(
    "topics",
    RUNNING,
    (("apply", topics.apply_topics),),
    words="Kafka 上的主题。 The topics on Kafka.",
    epilog=topics.EXAMPLES,
)
_add("worker", worker.worker, RUNNING, worker.EXAMPLES)
_add_group(
    "dead-letters",
    RUNNING,
    (
        ("list", dead_letters.list_letters),
        ("show", dead_letters.show),
        ("retry", dead_letters.retry),
        ("discard", dead_letters.discard),
    ),
    words="各部门发来而不能作为记录的消息。 Messages of feeds that are no records.",
    epilog=dead_letters.EXAMPLES,
)
_add_group(
    "log",
    RUNNING,
    (("copy", log.copy),),
    words="把枢纽搬到服务器上。 Moving a hub to servers.",
    epilog=log.EXAMPLES,
)
_add_group(
    "parked",
    RUNNING,
    (("list", parked.list_parked), ("show", parked.show), ("resume", parked.resume)),
    words="停在某个事件上的县。 Counties that wait at an event.",
    epilog=parked.EXAMPLES,
)
_add("migrate", migrate.migrate_tables, RUNNING, migrate.EXAMPLES)
_add("health", health.health, RUNNING, health.EXAMPLES)
