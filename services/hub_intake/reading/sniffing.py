"""What a file is by its bytes, never by its name."""

import re
import zlib
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import olefile

from hub_intake.reading import refusals


class FileKind(StrEnum):
    """The forms of table that are read."""

    XLSX = "xlsx"
    XLS = "xls"  # and WPS .et: both hold a Workbook stream
    ODS = "ods"
    MARKUP = "markup"  # HTML or SpreadsheetML 2003
    TEXT = "text"  # csv, tsv


_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"BZh", "压缩包"),
    (b"\xfd7zXZ", "压缩包"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"SQLite format 3", "数据库文件"),
    (b"PAR1", "Parquet 文件"),
)
_OFD = "OFD 版式文件"
_MARKUP = re.compile(
    rb"\s*<(?:\?xml|!doctype|!--|html|head|meta|body|table|style|title|\w+:workbook|workbook)", re.IGNORECASE
)
_KIND_WITHIN = 80
_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
_BROKEN_ZIP = (BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff(file_name: str, data: bytes) -> FileKind:
    """The kind of a file by its first bytes and its parts; UnreadableFileError if it is no table."""
    if data.startswith(_ZIP):
        return _inside_zip(file_name, data)
    if data.startswith(_OLE):
        return _inside_ole(file_name, data)
    for magic, what in _OTHERS:
        # Two-letter marks may begin a text file (BM, MZ): only with bytes that no text holds.
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:64]):
            raise refusals.wrong_type(file_name, what)
    # Stripping copies: of a large file only the beginning, unless that is blank.
    if not (data[:_KIND_WITHIN].strip(_BLANK) or data.strip(_BLANK)):
        raise refusals.empty_file(file_name)
    return FileKind.MARKUP if is_markup(data) else FileKind.TEXT


def is_markup(data: bytes) -> bool:
    """Whether text begins as HTML or XML does, in whichever encoding."""
    head = data[:2048]
    for bom in _BOMS:
        head = head.removeprefix(bom)
    return _MARKUP.match(head.replace(b"\x00", b"")) is not None


def _inside_zip(file_name: str, data: bytes) -> FileKind:
    try:
        with ZipFile(BytesIO(data)) as package:
            names = {info.filename.lstrip("/").lower() for info in package.infolist()}
            encrypted = any(info.flag_bits & 0x1 for info in package.infolist())
            mimetype = _beginning(package, "mimetype") if "mimetype" in names and not encrypted else b""
    except _BROKEN_ZIP:
        raise refusals.damaged(file_name) from None
    if encrypted or "encryptedpackage" in names:
        raise refusals.encrypted(file_name)
    return _kind_of_package(file_name, names, mimetype)


def _beginning(package: ZipFile, name: str) -> bytes:
    """The first bytes of a member, however long it claims or turns out to be."""
    with package.open(name) as member:
        return member.read(_KIND_WITHIN)


def _kind_of_package(file_name: str, names: set[str], mimetype: bytes) -> FileKind:
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if b"opendocument.spreadsheet" in mimetype:
        return FileKind.ODS
    if "xl/workbook.bin" in names:
        raise refusals.old_binary(file_name, "二进制工作簿（xlsb）")
    for prefix, what in (("word/", "Word 文档"), ("ppt/", "演示文稿"), ("doc_0/", _OFD), ("ofd.xml", _OFD)):
        if any(name.startswith(prefix) for name in names):
            raise refusals.wrong_type(file_name, what)
    if b"opendocument" in mimetype:
        raise refusals.wrong_type(file_name, "文本文档")
    if "[content_types].xml" in names:
        raise refusals.damaged(file_name)
    raise refusals.wrong_type(file_name, "压缩包")


def _inside_ole(file_name: str, data: bytes) -> FileKind:
    streams = _ole_streams(data)
    if "encryptedpackage" in streams or "encryptioninfo" in streams:
        raise refusals.encrypted(file_name)
    if "workbook" in streams or "book" in streams:
        return FileKind.XLS
    for stream, what in (("worddocument", "Word 文档"), ("powerpoint document", "演示文稿")):
        if stream in streams:
            raise refusals.wrong_type(file_name, what)
    raise refusals.damaged(file_name)


def _ole_streams(data: bytes) -> set[str]:
    """Lower-case names of the streams at the root; none if the container itself is broken."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            return {entry[0].lower() for entry in container.listdir() if entry}
    except Exception:  # olefile raises whatever its parsing stumbles on
        return set()
