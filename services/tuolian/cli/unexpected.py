"""Errors that nobody foresaw: a short sentence for the person, the details in a file for whoever mends the hub."""

import traceback
from datetime import UTC, datetime
from pathlib import Path

from hub_kernel.errors import TuolianError


class UnexpectedError(TuolianError):
    """Something failed that the hub was not prepared for; nothing half-done was kept."""


def unexpected_sentence(error: Exception, logs_folder: Path) -> str:
    """What to tell the person, after the details were written to logs_folder."""
    sentence = f"程序出了意外的错误（{type(error).__name__}），本次操作没有完成；已接收的数据不受影响。"
    try:
        return f"{sentence}细节已写入 {_write_details(error, logs_folder)}，请转给维护人员。"
    except OSError as full:
        return f"{sentence}细节无法写入 {logs_folder}（{full}）。"


def _write_details(error: Exception, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"error-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
    path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return path
