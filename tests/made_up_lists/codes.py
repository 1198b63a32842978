"""Credit codes of made-up bodies, and how they come to be wrong on the way into a list."""

from random import Random

from hub_vocabulary.credit_code import CODE_ALPHABET, check_character, inner_check_character

_BODY_SIGNS = "0123456789" * 3 + "ABCDEFGHJKLMNPQRTUWXY"
_LOOKS_LIKE = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B", "B": "8", "D": "0", "U": "V"}
PLACEHOLDERS = ("无", "-", "0", "/", "办理中", "000000000000000000", "111111111111111111", "暂无")
NOTHING = ("", "", r"\N", "NULL")


def credit_code(draw: Random, kind: str, division: str) -> str:
    """A valid code of a class (12, 52, 91, 92, 11) registered at a division."""
    if draw.random() < 0.55:
        letter = {"1": "MB", "5": "MJ", "9": "MA"}[kind[0]]
        body = letter + "".join(draw.choice(_BODY_SIGNS) for _ in range(6))
    else:
        body = "".join(draw.choice("0123456789") for _ in range(8))
    first = f"{kind}{division}{body}{inner_check_character(body)}"
    return first + check_character(first)


def _look_alike(code: str, draw: Random) -> str:
    if draw.random() < 0.25:
        return "".join(_LOOKS_LIKE.get(sign, sign) for sign in code)
    places = [at for at, sign in enumerate(code) if sign in _LOOKS_LIKE]
    chosen = set(draw.sample(places, min(len(places), draw.choice((1, 1, 1, 2))))) if places else set()
    return "".join(_LOOKS_LIKE[sign] if at in chosen else sign for at, sign in enumerate(code))


def _other_writing(code: str, draw: Random) -> str:
    way = draw.randrange(7)
    if way == 0:
        return code.lower()
    if way == 1:
        return "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    if way == 2:
        return f"{code[:6]} {code[6:12]} {code[12:]}"
    return (f"'{code}", f"代码：{code}", f"USCC:{code}", f"{code}\u3000")[way - 3]


def _old_number(code: str, draw: Random, division: str) -> str:
    way = draw.randrange(3)
    if way == 0:
        return f"教民{division}{draw.randrange(1000):05}号"
    if way == 1:
        return f"{code[8:16]}-{code[16]}"
    return "".join(draw.choice("0123456789") for _ in range(15))


def spoil(code: str, state: str, draw: Random, division: str) -> str:
    """The code as it is written in a list when this happened to it."""
    at = draw.randrange(2, 17)
    if state == "ok":
        return code
    if state == "missing":
        return draw.choice(NOTHING)
    if state == "placeholder":
        return draw.choice(PLACEHOLDERS)
    if state == "fmt":
        return _other_writing(code, draw)
    if state == "ocr":
        return _look_alike(code, draw)
    if state == "subst":
        return code[:at] + draw.choice(CODE_ALPHABET) + code[at + 1 :]
    if state == "transpose":
        return code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if state == "drop":
        return code[:at] + code[at + 1 :]
    if state == "dup":
        return code[:at] + code[at] + code[at:]
    if state == "excel":
        return f"{float(code):.2E}" if code.isdigit() and draw.random() < 0.4 else code[:14] + "0000"
    return _old_number(code, draw, division)
