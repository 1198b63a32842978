"""Text as registers write it: control characters, spaces, widths, brackets, dashes and old characters made equal."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# Tab and line breaks are spaces to a reader, not control characters; lone surrogates cannot be stored as UTF-8.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)
_DASHES = re.compile(r"[-‐‑‒–—―−⁃─━~〜∼˗]+")
_UNIFORM = str.maketrans(
    {
        **dict.fromkeys("【〔〖[{〘〚", "("),
        **dict.fromkeys("】〕〗]}〙〛", ")"),
        **dict.fromkeys("“”‘’「」『』'`´〝〞", '"'),
    }
)
# What people write for nothing, then what databases write for it when they export.
_EMPTY_WORDS = frozenset({"", "无", "-", "/", "暂无", "NULL", "(NULL)", r"\N", "NONE", "NAN", "N/A", "NIL"})
_LONGEST_EMPTY_WORD = 12  # longer text is never an empty word; keeps the hot path to one length check
_FIRST_HAN = 0x2E80
# Most texts are Chinese without marks: of their key only the script can differ.
_PLAIN = re.compile(r"[0-9A-Z()\u4e00-\u9fff]*")


class _SimplifiedCharacters(dict[int, str]):
    """One by one, so that the key of a part is a part of the key; filled at first sight of a character."""

    def __missing__(self, codepoint: int) -> str:
        character = chr(codepoint)
        simplified = character if codepoint < _FIRST_HAN else _simplify_to_the_end(character)
        self[codepoint] = simplified
        return simplified


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str]:
    import opencc  # reads its dictionaries, so not before the first text is compared

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def _simplify_to_the_end(character: str) -> str:
    """A few characters simplify in two steps; keys must not change when they are made again."""
    simplified = _converter()(character)
    again = _converter()(simplified)
    return simplified if again == simplified else again


_SIMPLIFIED = _SimplifiedCharacters()


def strip_controls(text: str) -> tuple[str, bool]:
    """The text without control characters (NUL and the like), and whether there were any; line breaks and tabs stay."""
    if text.isprintable():
        return text, False
    cleaned = _CONTROLS.sub("", text)
    return cleaned, len(cleaned) != len(text)


def to_simplified(text: str) -> str:
    """Traditional characters replaced by simplified ones, for comparing only, never for showing."""
    return text.translate(_SIMPLIFIED)


@lru_cache(maxsize=32_768)
def comparison_key(text: str) -> str:
    """What two texts share that differ only in width, spacing, script, brackets, dashes or case.

    NFKC, simplified characters, no space or invisible character, one kind of bracket, quote and dash, upper
    case. The key of a key is the key itself.
    """
    if _PLAIN.fullmatch(text):
        return text.translate(_SIMPLIFIED)
    if text.isascii():
        visible = _INVISIBLE.sub("", text.upper())
    else:
        folded = unicodedata.normalize("NFKC", text).upper().translate(_SIMPLIFIED)
        # Again: upper case may split letters, and a space may have stood between a letter and its accent.
        visible = unicodedata.normalize("NFKC", _INVISIBLE.sub("", folded))
    return _DASHES.sub("-", visible.translate(_UNIFORM))


def is_empty_word(text: str) -> bool:
    """Whether the text says that there is nothing: blank, 无, —, /, --, 暂无, or a database's word for null."""
    if len(text) > _LONGEST_EMPTY_WORD and not text.isspace():
        return False
    return comparison_key(text) in _EMPTY_WORDS
