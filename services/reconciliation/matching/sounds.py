"""How Chinese characters sound, for typing errors that sound alike (佳音, 家音)."""

from functools import lru_cache


@lru_cache(maxsize=16_384)
def _sound_of(character: str) -> str:
    from pypinyin import Style, pinyin  # reads its dictionaries, so not before it is needed

    return str(pinyin(character, style=Style.NORMAL)[0][0])


def sound(text: str) -> str:
    """The text's pinyin without tones, character by character so that neighbours do not change it."""
    return " ".join(map(_sound_of, text))
