"""tuolian migrate: brings the tables to this program's version."""

import typer

from tuolian.cli.group import DONE
from tuolian.cli.opening import settings_of
from tuolian.cli.options import Home, examples
from tuolian.cli.printing import emit, say

EXAMPLES = examples("tuolian migrate")


def migrate_tables(context: typer.Context, home: Home = None) -> int:
    """把数据库的表升级到本程序的版本。 Brings the tables to this program's version.

    只有服务器上的数据库需要：先停下各台机器上的托联并备份。升级在一笔里完成，中途失败则一切如旧。
    """
    from tuolian.hub import migrate_hub

    emit("数据库已升级到本程序的版本。" if migrate_hub(settings_of(context), say=say) else "数据库已是本程序的版本。")
    return DONE
