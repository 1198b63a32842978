"""Layouts drawn at random: other headings, other order, other formats, other words, columns nobody asked for."""

from random import Random

from tests.counties.headings import CLASS_TABLE, CLASS_WORDS, FILLERS, HEADINGS, INITIALS, WORDS, YES_NO
from tests.counties.layouts import LEVELS, Column, Layout, Table
from tests.counties.world import ALL_SOURCES

_ALWAYS = {
    "education": "school_code name sponsor_code uscc is_branch main_school_code address places toddler_class_count "
    "children_in_care confirmed_on state former_name region_code school_type",
    "health": "filing_no name site_type uscc representative address region_code places phone children_in_care state "
    "submitted_on filed_on",
    "institution": "uscc name address scope representative certificate_to approved_on state",
    "civil": "uscc name address scope representative certificate_to approved_on state",
    "market": "uscc name address scope representative approved_on state",
    "review": "name uscc item submitted_on sponsor_reviewed_on sponsor_opinion approved_on result event_on",
}
_REWRITTEN = {
    ("health", "phone"): (4,),
    ("education", "phone"): (5,),
    ("health", "name"): (5,),
    ("institution", "name"): (6,),
    ("civil", "representative"): (3,),
    ("education", "uscc"): (2,),
}
_FILES = {
    "health": ("health", "托育机构台账", "卫健局-托育{day}", "附件1"),
    "education": ("education", "幼儿园名单", "教育局{day}", "附件2"),
    "institution": ("institution", "事业单位法人", "编办{day}", "附件3"),
    "civil": ("civil", "社会组织", "民政{day}", "附件4"),
    "market": ("market", "市场主体", "市监{day}", "附件5"),
    "review": ("review", "变更审核台账", "审核{day}", "附件6"),
}
_KINDS = ("xlsx", "xlsx", "csv", "csv", "xls", "html", "spreadsheetml", "tsv", "et", "txt")
_TEXTS = ("csv", "tsv", "txt")
_BOOKS = ("xlsx", "xls", "et", "spreadsheetml")


def random_layout(seed: int) -> Layout:
    """The layout of that number."""
    rng = Random(seed)
    first = rng.randrange(3)
    initials = ("institution", "market", "civil", "education")[first : first + 2]
    tables = {registry: _table(rng, registry, registry in initials) for registry in ALL_SOURCES}
    words = {key: {word: rng.choice(others) for word, others in pool.items()} for key, pool in WORDS.items()}
    return Layout(f"drawn {seed}", tables, rng.choice(YES_NO), words, _REWRITTEN, rng.random() < 0.3)


def _table(rng: Random, registry: str, initials: bool) -> Table:
    columns = _columns(rng, registry, initials)
    kind = rng.choice(_KINDS)
    encodings = ("gb18030", "utf-8", "utf-8-sig", "utf-16") if kind in _TEXTS else ("gb18030", "utf-8")
    plain = kind in _TEXTS and rng.random() < 0.7
    return Table(
        columns,
        kind,
        rng.choice(encodings) if kind in (*_TEXTS, "html") else "utf-8",
        rng.choice(_FILES[registry]),
        rng.choice(("iso", "dot", "slash", "compact", "zh", "excel", "mixed", "iso_time", "zh_short")),
        rng.choice(("int", "int", "text", "unit", "wide")),
        titles=0 if plain else rng.randint(0, 3),
        totals=not plain and rng.random() < 0.5,
        notes=not plain and rng.random() < 0.5,
        subtotals=not plain and rng.random() < 0.2,
        repeated_headings=not plain and rng.random() < 0.2,
        blank_rows=rng.random() < 0.2,
        groups=kind not in _TEXTS and registry != "health" and rng.random() < 0.15,
        sheets=rng.choice(("one", "one", "one", "townships", "notes")) if kind in _BOOKS else "one",
        shuffled=rng.random() < 0.4,
        sponsor_with_words=registry == "education" and rng.random() < 0.2,
    )


def _columns(rng: Random, registry: str, initials: bool) -> tuple[Column, ...]:
    fields = [name for name in HEADINGS[registry] if name in _ALWAYS[registry].split() or rng.random() < 0.7]
    columns = _named(rng, registry, fields, initials)
    rng.shuffle(columns)
    fillers = sorted(FILLERS[registry])
    for filler in rng.sample(fillers, rng.randint(0, min(4, len(fillers)))):
        columns.insert(rng.randint(1, len(columns)), Column(filler, rng.choice(FILLERS[registry][filler])))
    if registry == "health":
        place = rng.randint(1, len(columns))
        columns[place:place] = _class_columns(rng)
    if registry in ("institution", "civil") and not initials and rng.random() < 0.35:
        columns = [column for column in columns if not column.field.startswith("certificate_")]
        heading = rng.choice(("证书有效期", "有效期"))
        columns.insert(rng.randint(1, len(columns)), Column("certificate_from+certificate_to", heading))
    if rng.random() < 0.7:
        columns.insert(0, Column("_row", "XH" if initials else rng.choice(("序号", "编号", "No."))))
    return tuple(columns)


def _named(rng: Random, registry: str, fields: list[str], initials: bool) -> list[Column]:
    """Each field under a heading, no two under the same."""
    taken: set[str] = set()
    columns = []
    for name in fields:
        heading = INITIALS[registry][name] if initials else rng.choice(HEADINGS[registry][name])
        while heading in taken:
            heading = rng.choice(HEADINGS[registry][name])
        taken.add(heading)
        columns.append(Column(name, heading))
    return columns


def _class_columns(rng: Random) -> list[Column]:
    count, children = rng.choice(CLASS_WORDS)
    level = rng.choice((LEVELS, LEVELS, ""))
    made = []
    for field, names in CLASS_TABLE:
        name = rng.choice(names)
        made.append(Column(f"{field}_classes", f"{name}{level}{count}"))
        made.append(Column(f"{field}_children", f"{name}{level}{children}"))
    return made
