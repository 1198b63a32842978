"""tuolian worker: reads the log from Kafka and does what follows from it, until it is asked to end."""

import json
from typing import Annotated

import typer

from tuolian.cli.group import DONE
from tuolian.cli.opening import settings_of
from tuolian.cli.options import Home, examples
from tuolian.cli.printing import say

EXAMPLES = examples("tuolian worker all", "tuolian worker reconciliation --name w1 --listen 127.0.0.1:9180")


def worker(
    context: typer.Context,
    service: Annotated[str, typer.Argument(metavar="服务", help="哪个服务；all 为全部。 Which service, or all.")],
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="名字", help="在集群中的名字；几秒内以原名回来则保留原有分区。 Its name as a member."
        ),
    ] = None,
    listen: Annotated[
        str | None,
        typer.Option(
            "--listen",
            metavar="主机:端口",
            help="在这里应答 /live、/ready、/version、/metrics。 Where those who watch it ask.",
        ),
    ] = None,
    declare_days: Annotated[
        str | None,
        typer.Option(
            "--declare-days",
            metavar="时刻",
            help='按北京时间的 cron 五项，如 "10 0 * * *"：到时宣告昨天为止的日子已过去。不写则不宣告。'
            " When to declare the days up to yesterday passed.",
        ),
    ] = None,
    json_log: Annotated[
        bool, typer.Option("--json-log", help="说的话写成 JSON 行。 What it says as JSON lines.")
    ] = False,
    home: Home = None,
) -> int:
    """从 Kafka 读日志，完成由它而来的核对，直到收到停止信号。 Works on the log from Kafka until asked to end.

    可以同时运行几个，各县分给它们；一个停了，其余的接手。收到 SIGTERM 后做完手上这一批就停。
    """
    from tuolian.working import WorkerOptions, run_worker

    options = WorkerOptions(name, listen, declare_days)
    run_worker(settings_of(context), service, options, _say_json if json_log else say)
    return DONE


def _say_json(sentence: str) -> None:
    from hub_kernel.clocks import utc_now
    from hub_kernel.counties import utc_text

    say(json.dumps({"at": utc_text(utc_now()), "message": sentence}, ensure_ascii=False))
