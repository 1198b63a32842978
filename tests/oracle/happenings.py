"""What may happen in a small county between two deliveries: amended, filed, closed, split, merged, left out."""

from collections.abc import Callable

from tests.oracle.offices import (
    ADDRESSES,
    AMENDMENTS,
    BUSINESS_DAYS,
    CODES,
    NAMES,
    SCHOOLS,
    SCOPES,
    STATES,
    B,
    C,
    E,
    H,
    Offices,
    wrong,
)

UNREADABLE = {E: ("confirmed_on", "约三月"), H: ("filed_on", "上月"), B: ("approved_on", "去年")}


def amend(offices: Offices) -> None:
    """One field of one row is written anew."""
    registry = offices.choose(tuple(AMENDMENTS))
    known = offices.pick(registry)
    if known is not None:
        name = offices.choose(tuple(AMENDMENTS[registry]))
        known.values[name] = offices.choose(AMENDMENTS[registry][name])


def misplace(offices: Offices) -> None:
    """A row takes what tells another kindergarten: its name, its address, its code, or some of it."""
    registry = offices.choose((E, H, B, C))
    known, other = offices.pick(registry), offices.pick(E)
    if known is not None and other is not None:
        for name in ("name", "address", "uscc"):
            if offices.perhaps():
                known.values[name] = other.first[name]


def move_away(offices: Offices) -> None:
    """A row is written with a name, an address and a code that nobody else has."""
    known = offices.pick(offices.choose((H, H, E, B)))
    if known is not None:
        offices.serial += 1
        known.values |= {"name": f"浦口镇小天鹅{offices.serial}号托育园", "uscc": None}
        known.values["address"] = f"醴陵市浦口镇南街{offices.serial}号"


def put_right(offices: Offices) -> None:
    """A row is again what it first was."""
    known = offices.pick(offices.choose(tuple(AMENDMENTS)))
    if known is not None:
        known.values = dict(known.first)


def change_school_code(offices: Offices) -> None:
    """The education system gives another code."""
    known = offices.pick(E)
    if known is not None:
        known.values["school_code"] = SCHOOLS[10 + offices.serial % 10]
        offices.serial += 1


def close_class(offices: Offices) -> None:
    """No 托班 any more, at one kindergarten or at all, though the register may say that there is."""
    rows = offices.rows[E] if offices.perhaps() else [known for known in [offices.pick(E)] if known is not None]
    for known in rows:
        known.values |= {"toddler_class_count": 0, "places": 0}
    for known in offices.rows[B]:
        known.values["scope"] = offices.choose(SCOPES[:2])


def rename(offices: Offices) -> None:
    """A kindergarten takes another name: everywhere, or first in one register."""
    known = offices.pick(offices.choose((E, H, B)))
    if known is not None:
        old, new = known.values["name"], offices.choose(NAMES)
        rows = [each for rows in offices.rows.values() for each in rows] if offices.perhaps() else [known]
        for each in rows:
            if each.values["name"] == old:
                each.values["name"] = new


def correct_code(offices: Offices) -> None:
    """A code that was typed wrongly is put right, or the other way round."""
    known = offices.pick(offices.choose((E, H, B, C)))
    if known is not None and known.values.get("uscc"):
        code = known.values["uscc"]
        known.values["uscc"] = offices.choose((wrong(code), code.replace("0", "O", 1), CODES[0]))


def file_with_health(offices: Offices) -> None:
    """An H row goes on to the next state, at last with a number."""
    known = offices.pick(H)
    if known is not None and known.values["state"] in STATES[:-1]:
        known.values["state"] = STATES[STATES.index(known.values["state"]) + 1]
        if known.values["state"] == "已备案":
            known.values["filing_no"] = f"43028120230{len(known.values['name']):03d}"
            known.values["filed_on"] = offices.choose(BUSINESS_DAYS)


def close(offices: Offices) -> None:
    """A kindergarten, its filing or its legal person ends."""
    registry = offices.choose((E, H, B))
    known = offices.pick(registry)
    if known is not None:
        known.values["state"] = {E: "停办", H: "注销", B: "注销"}[registry]


def split(offices: Offices) -> None:
    """A branch opens at another address."""
    main = offices.pick(E)
    if main is not None:
        branch = {**main.values, "name": f"{main.values['name']}杨庄分园", "address": offices.choose(ADDRESSES)}
        code = offices.choose((None, main.values["uscc"]))
        school = {"school_code": SCHOOLS[10 + offices.serial % 10], "main_school_code": main.values["school_code"]}
        offices.serial += 1
        offices.found(E, **{**branch, **school, "uscc": code, "is_branch": True})
        if offices.perhaps():
            shown = {"uscc": main.values["uscc"], "address": branch["address"], "places": 20, "state": "已登记"}
            offices.found(H, name=offices.choose((branch["name"], main.values["name"])), **shown)


def merge(offices: Offices) -> None:
    """Two kindergartens become one: under one code, one of them still listed or not."""
    registry = offices.choose((E, E, H, B))
    kept, given = offices.pick(registry), offices.pick(registry)
    if kept is not None and given is not None and kept is not given:
        if offices.perhaps():
            offices.rows[registry].remove(given)
        else:
            given.values["uscc"] = kept.values["uscc"]
        if registry is E:
            kept.values["former_name"] = given.values["name"]


def leave_out(offices: Offices) -> None:
    """A row is missing from the next file, or from the next ones."""
    known = offices.pick(offices.choose(tuple(AMENDMENTS)))
    if known is not None:
        known.away = offices.choose((1, 2, 3))


def respell(offices: Offices) -> None:
    """The same, written otherwise."""
    known = offices.pick(offices.choose((E, H, B)))
    if known is not None:
        name = known.values["name"]
        known.values["name"] = name.replace(" ", "") if " " in name else f"{name[:2]} {name[2:]}"


def tear(offices: Offices) -> None:
    """A cell that nobody can read: of little weight, or one without which the row counts for nothing."""
    registry = offices.choose(tuple(UNREADABLE))
    known = offices.pick(registry)
    if known is not None:
        name, text = UNREADABLE[registry]
        if registry is not B and offices.perhaps():
            name, text = "places", "约50"
        known.torn[name] = text


def repeat(offices: Offices) -> None:
    """A row that stands in the list twice, in the same words or with another address."""
    registry = offices.choose((E, H, B))
    known = offices.pick(registry)
    if known is not None:
        offices.found(registry, **{**known.values, "address": offices.choose((known.values["address"], *ADDRESSES))})


def swap(offices: Offices) -> None:
    """Two rows exchange a value."""
    registry = offices.choose((E, H, B))
    one, other = offices.pick(registry), offices.pick(registry)
    if one is not None and other is not None:
        name = offices.choose(("name", "address", "uscc"))
        one.values[name], other.values[name] = other.values[name], one.values[name]


# One that stands here several times happens more often.
EVENTS: tuple[Callable[[Offices], None], ...] = (
    *[amend] * 3,
    *[misplace] * 2,
    *[move_away] * 2,
    *[put_right] * 4,
    *[leave_out] * 2,
    change_school_code,
    close_class,
    rename,
    correct_code,
    file_with_health,
    close,
    split,
    merge,
    respell,
    tear,
    repeat,
    swap,
)
