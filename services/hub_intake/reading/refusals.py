"""Why a file cannot be read, each reason one sentence for a clerk: the file, what is wrong, what to do."""

from hub_intake.reading.cells import UnreadableFileError


def _refusal(file_name: str, fault: str, mend: str) -> UnreadableFileError:
    return UnreadableFileError(f"文件“{file_name}”{fault}，请{mend}。")


def empty_file(file_name: str) -> UnreadableFileError:
    """No bytes at all, or nothing but blanks."""
    return _refusal(file_name, "是空的（没有任何内容）", "让报送单位重新导出并发送")


def too_large(file_name: str, megabytes: int) -> UnreadableFileError:
    """More bytes than the limit."""
    return _refusal(file_name, f"超过 {megabytes} MB 的上限，没有打开", "按区县或按年份拆成几个文件再送")


def wrong_type(file_name: str, what: str) -> UnreadableFileError:
    """Not a table: a picture, a PDF, a text document, an archive."""
    return _refusal(file_name, f"不是表格，而是{what}", "让报送单位改送 Excel（xlsx）或 csv 文件")


def old_binary(file_name: str, what: str) -> UnreadableFileError:
    """A table, but of a form that is not read."""
    return _refusal(file_name, f"是{what}，这种格式读不了", "用 Excel 或 WPS 打开后另存为 xlsx 再送")


def encrypted(file_name: str) -> UnreadableFileError:
    """Opens with a password only."""
    return _refusal(file_name, "加了密码，无法读取", "在 Excel 或 WPS 中打开，取消打开密码后另存，再重新报送")


def damaged(file_name: str) -> UnreadableFileError:
    """Cut short or broken inside."""
    return _refusal(file_name, "已损坏或不完整（也可能被加密），打不开", "在原电脑上确认能打开，另存为 xlsx 后重新报送")


def inflates_too_much(file_name: str) -> UnreadableFileError:
    """A small file that would fill the memory."""
    return _refusal(
        file_name,
        "压缩得异常（解开后远超上限），为安全起见没有打开",
        "让报送单位核对来源，另存为新的 xlsx 再送",
    )


def too_many_parts(file_name: str, limit: int) -> UnreadableFileError:
    """More members in the package than any workbook has."""
    return _refusal(
        file_name,
        f"内部部件超过 {limit} 个，不像正常的工作簿，没有打开",
        "另存为新的 xlsx，删去图片等附件后再送",
    )


def too_many_cells(file_name: str, sheet: str, limit: int) -> UnreadableFileError:
    """A sheet over the limit of cells, counted over the rectangle that it spans."""
    return _refusal(
        file_name,
        f"的工作表“{sheet}”超过 {limit // 10_000} 万个单元格，没有打开",
        "删去数据区以外的多余行列，或拆成几个文件再送",
    )


def too_many_rows(file_name: str, limit: int) -> UnreadableFileError:
    """A text file over the limit of rows."""
    return _refusal(file_name, f"超过 {limit // 10_000} 万行，没有读取", "按区县或按年份拆成几个文件再送")


def no_table(file_name: str) -> UnreadableFileError:
    """A web page without any table of data."""
    return _refusal(
        file_name,
        "其实是网页，里面没有数据表格",
        "在业务系统中重新导出 Excel（xlsx），或打开后另存为 xlsx 再送",
    )


def web_page(file_name: str) -> UnreadableFileError:
    """A web page whose table is not the register's export."""
    return _refusal(
        file_name,
        "其实是另存的网页，表格列不全，不是登记簿的导出文件",
        "在业务系统中重新导出 Excel（xlsx），不要用浏览器另存网页",
    )


def unknown_encoding(file_name: str) -> UnreadableFileError:
    """Text in no encoding that is known."""
    return _refusal(
        file_name,
        "的文字编码认不出来（不是 UTF-8、UTF-16 或 GB18030）",
        "用 Excel 或 WPS 打开后另存为 xlsx 或 UTF-8 的 csv 再送",
    )


def not_text(file_name: str) -> UnreadableFileError:
    """Bytes that are neither a known form of table nor text."""
    return _refusal(file_name, "既不是表格也不是文本，认不出是什么文件", "确认文件没有发错，另存为 xlsx 后重新报送")


def with_entities(file_name: str) -> UnreadableFileError:
    """An XML file that declares entities or a document type: no spreadsheet program writes them."""
    return _refusal(file_name, "含有不安全的声明（DTD 或实体），没有打开", "用 Excel 或 WPS 打开后另存为 xlsx 再送")
