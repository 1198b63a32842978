"""tuolian log copy: moves an embedded hub to the servers that are set."""

from pathlib import Path
from typing import Annotated

import typer

from tuolian.cli.group import DONE
from tuolian.cli.opening import opened
from tuolian.cli.options import Home, examples
from tuolian.cli.printing import emit

EXAMPLES = examples("TUOLIAN_DATABASE_URL=postgresql://… tuolian log copy --from ~/.tuolian")


def copy(
    context: typer.Context,
    source: Annotated[
        Path, typer.Option("--from", metavar="目录", help="原来的数据目录。 The home of the embedded hub.")
    ],
    home: Home = None,
) -> int:
    """把一个单机的枢纽搬到服务器上：日志、各张表、密钥、原始文件；搬完逐行比较。 Moves an embedded hub to servers.

    每个县的序号不变。原来的目录不动，搬完不要再往里接收。日志由 worker 送到 Kafka。
    """
    from tuolian.moving import copy_log

    with opened(context) as hub:
        counties, events = copy_log(source.expanduser().absolute(), hub)
    emit(f"已搬过去 {counties} 个县、{events} 个事件，逐行比较一致。")
    return DONE
