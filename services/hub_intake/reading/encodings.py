"""Which encoding a text file is in, by its bytes."""

import codecs

from hub_intake.reading import refusals

_SAMPLE = 1 << 16
_PIECE = 1 << 20
# A few broken bytes (a cut character, a bad copy) must not lose the file; more of them is another encoding.
_BROKEN_SHARE = 0.001
_CONTROL_SHARE = 0.02


def detect_encoding(file_name: str, data: bytes) -> tuple[str, bool]:
    """The Python name of the encoding, and whether some bytes cannot be read in it.

    utf-8-sig, utf-16 (LE or BE by its mark or by where the zeros are), utf-8, gb18030 (the whole GB family).
    UnreadableFileError if it is none of them, or no text at all.
    """
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            return encoding, _broken_share(data, encoding) > 0
    unmarked = _utf16_without_mark(data)
    if unmarked:
        return unmarked, _broken_share(data, unmarked) > 0
    _refuse_binary(file_name, data)
    for encoding in ("utf-8", "gb18030"):
        if _decodes(data, encoding):
            return encoding, False
    return _least_broken(file_name, data)


def _least_broken(file_name: str, data: bytes) -> tuple[str, bool]:
    share, encoding = min((_broken_share(data, encoding), encoding) for encoding in ("utf-8", "gb18030"))
    if share > _BROKEN_SHARE and share * len(data) > 3:
        raise refusals.unknown_encoding(file_name)
    return encoding, True


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _broken_share(data: bytes, encoding: str) -> float:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    broken = sum(
        decoder.decode(data[start : start + _PIECE], start + _PIECE >= len(data)).count("\ufffd")
        for start in range(0, len(data), _PIECE)
    )
    return broken / max(len(data), 1)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: separators and digits leave zeros at every other byte."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = max(len(sample) // 16, 4)
    if odd > enough and even * 20 < odd:
        return "utf-16-le"
    if even > enough and odd * 20 < even:
        return "utf-16-be"
    return None


def _refuse_binary(file_name: str, data: bytes) -> None:
    """Text holds few control characters; a stray NUL is no reason to refuse."""
    sample = data[:_SAMPLE]
    controls = sum(sample.count(bytes([code])) for code in (*range(9), *range(14, 32)))
    if controls > max(len(sample) * _CONTROL_SHARE, 8):
        raise refusals.not_text(file_name)
