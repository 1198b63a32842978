"""How every command ends: errors become one Chinese sentence and an exit code, a closed pipe is no error."""

import os
import sys
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperGroup

from hub_kernel.errors import TuolianError, UndecidedError, UsageError
from tuolian.cli.printing import leave_closed_pipe, say
from tuolian.cli.unexpected import unexpected_sentence
from tuolian.settings import hub_settings

DONE, REFUSED, USAGE, UNDECIDED = 0, 1, 2, 3


class FaceGroup(TyperGroup):
    """The root of the command line; runs a command and turns whatever it meets into an exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the command line and always leaves by SystemExit."""
        kwargs["standalone_mode"] = False
        run = super().main
        sys.exit(exit_code_of(lambda: run(*args, **kwargs)))


def exit_code_of(run: Callable[[], Any]) -> int:
    """Runs a command; what it raised becomes a sentence on stderr and a code: 0, 1, 2 or 3."""
    try:
        result = run()
        sys.stdout.flush()
    except BrokenPipeError:
        leave_closed_pipe()
        return DONE
    except (KeyboardInterrupt, typer.Abort):
        say("已中断；已完成的部分都已保存。")
        return REFUSED
    except typer.TyperException as error:
        return _say_usage(error)
    except TuolianError as error:
        say(_sentence(str(error)))
        return _code_of(error)
    except Exception as error:
        say(unexpected_sentence(error, hub_settings(None, os.environ).logs_folder))
        return REFUSED
    return result if isinstance(result, int) else DONE


def _code_of(error: TuolianError) -> int:
    if isinstance(error, UsageError):
        return USAGE
    return UNDECIDED if isinstance(error, UndecidedError) else REFUSED


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？", "）", "\n")) else text + "。"


def _say_usage(error: typer.TyperException) -> int:
    context = getattr(error, "ctx", None)
    say(_usage_sentence(error))
    if context is not None and type(error).__name__ != "NoArgsIsHelpError":
        say(f"用法说明：{context.command_path} --help")
    return USAGE


def _usage_sentence(error: typer.TyperException) -> str:
    """The library's English complaint as a Chinese sentence that says what would be right."""
    kind = type(error).__name__
    possible = getattr(error, "possibilities", None)
    if kind == "NoSuchOption":
        hint = f"是不是 {'、'.join(possible)}？" if possible else "可用的选项见用法说明。"
        return f"没有选项 {getattr(error, 'option_name', '')}：{hint}"
    if kind == "MissingParameter":
        return f"缺少{_parameter(error)}。"
    if kind == "NoArgsIsHelpError":
        return error.format_message()
    if kind == "BadParameter":
        return f"{_parameter(error)} 的值不对：{error.message}"
    if kind == "BadOptionUsage":
        return f"选项 {getattr(error, 'option_name', '')} 后面要写值（{error.message}）"
    return _command_sentence(error)


def _parameter(error: typer.TyperException) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "参数"
    options = [name for name in parameter.opts if name.startswith("-")]
    return f"选项 {options[0]}" if options else f"参数“{parameter.display_name_raw}”"


def _command_sentence(error: typer.TyperException) -> str:
    message = error.format_message()
    if message.startswith("No such command"):
        wrong = message.split("'")[1] if "'" in message else ""
        near = message.partition("Did you mean ")[2].rstrip("?").replace("'", "").replace(", ", "、")
        return f"没有命令 {wrong}：" + (f"是不是 {near}？" if near else "所有命令见 tuolian --help。")
    if message.startswith("Missing command"):
        return "请写明要做什么。"
    if "unexpected extra argument" in message:
        extra = message.rsplit("(", 1)[-1].rstrip(").")
        return f"多出了参数 {extra}：带空格的名称或路径请加引号。"
    return message
