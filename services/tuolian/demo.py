"""The sample county from files to findings: builds a hub from the packaged deliveries and tells what came of it."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hub_kernel.errors import UsageError
from tuolian.cli.wording import FIGURES, OFFICES, SEVERITIES, STEPS, registry_name

if TYPE_CHECKING:
    from hub_vocabulary.divisions import Region
    from tuolian.hub import Hub

DATA = Path(__file__).parent / "demo_data"

# Real deliveries must never be mixed with made-up ones: only an empty home, or one with this mark, will do.
MARK = "这是样例数据.txt"


@dataclass(frozen=True, slots=True)
class Story:
    """What the demo did: the county, the day of its last delivery, and what became of every file."""

    region: "Region"
    published: Mapping[str, Any]
    extracts: tuple[Mapping[str, Any], ...]
    last_day: date


def prepare_home(home: Path) -> None:
    """Makes sure that home may be filled with made-up deliveries; UsageError when it holds a hub of its own."""
    if (home / "hub.db").exists() and not (home / MARK).exists():
        raise UsageError(f"{home} 里已有数据，样例不能混进去：请用 --home 另写一个空目录。")
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).write_text("这个目录里是托联自带的样例数据，人名、代码和电话都是编造的。\n", encoding="utf-8")


def build(hub: "Hub", on_progress: Callable[[str], None]) -> Story:
    """Maps the first folder, then ingests the population and every date; harmless when done before."""
    from tuolian.mapping import propose_files, write_mappings

    [county_folder] = (folder for folder in sorted(DATA.iterdir()) if folder.is_dir())
    published = tomllib.loads((county_folder / "published.toml").read_text(encoding="utf-8"))
    region = hub.divisions.region(published["region"])
    if region is None:
        raise UsageError(f"区划名录里没有样例县 {published['region']}：请重新安装托联。")
    days = sorted(folder for folder in county_folder.iterdir() if folder.is_dir())
    on_progress("识别各列")
    write_mappings(hub, region, propose_files(hub, [days[0]], region, None))
    received = [*hub.intake.ingest([county_folder / "population.csv"], region, date.fromisoformat(days[0].name))]
    for folder in days:
        on_progress(folder.name)
        received += hub.intake.ingest([folder], region, date.fromisoformat(folder.name))
        hub.catch_up()
    return Story(region, published, tuple(received), date.fromisoformat(days[-1].name))


def report(hub: "Hub", story: Story, home: Path | None) -> Iterator[str]:
    """What came in, the chain, the figures beside the published ones, the findings and what to type next."""
    region = story.region
    yield f"托联样例：{region.province_name}{region.city_name}{region.name}（{region.code}），全部为编造的数据"
    yield ""
    yield from _received(story)
    yield from _funnel(list(hub.answers.chain(region)))
    yield from _figures(story, list(hub.answers.indicators(region)))
    yield from _findings(list(hub.answers.findings(region)))
    yield from _next(region, home)


def _received(story: Story) -> Iterator[str]:
    days = sorted({str(row["as_of"]) for row in story.extracts})
    outcomes = Counter(row["outcome"] for row in story.extracts)
    yield f"收到 {len(story.extracts)} 份文件，{days[0]} 至 {days[-1]} 共 {len(days)} 个日期："
    yield f"  接收 {outcomes['accepted']} 份，已有 {outcomes['known']} 份，暂扣 {outcomes['held']} 份"
    by_registry: dict[str, Counter[str]] = {}
    for row in story.extracts:
        by_registry.setdefault(row["registry"], Counter()).update(row.get("counts") or {})
    for registry, counts in by_registry.items():
        yield (
            f"  {_padded(registry_name(registry), 16)}新增 {counts['registered']:>3}  变更 {counts['amended']:>3}"
            f"  仅写法不同 {counts['cosmetic']:>3}  撤出 {counts['withdrawn']:>2}"
        )
    yield ""


def _funnel(chain: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    steps = list(STEPS)
    reached = Counter(str(row.get("step")) for row in chain)
    yield f"公办园登记链（{len(chain)} 所）：各走到哪一步"
    for step in steps:
        count = reached[step]
        yield f"  {_padded(STEPS[step], 16)}{count:>4}  {'█' * round(count * 40 / max(1, len(chain)))}"
    turns = Counter(OFFICES.get(str(row.get("turn")), "") for row in chain if row.get("turn"))
    if turns:
        yield "  现在轮到：" + "，".join(f"{office} {count} 所" for office, count in turns.most_common())
    yield ""


def _figures(story: Story, indicators: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    by_basis = {row["basis"]: row for row in indicators}
    listed, verified = by_basis.get("listed", {}), by_basis.get("verified", {})
    public = story.published["figures"]
    yield f"{story.last_day} 的指标：{_padded('', 6)}按名单    按核实    公布"
    for figure, title in FIGURES.items():
        yield (
            f"  {_padded(title, 24)}{_number(listed.get(figure)):>8}{_number(verified.get(figure)):>10}"
            f"{_number(public.get(figure)):>9}"
        )
    without = verified.get("without") or ()
    yield f"  核实时除去 {len(without)} 家；人口口径：{listed.get('vintage')}；公布来源：{story.published['source']}"
    yield ""


def _number(value: Any) -> str:
    return "—" if value is None else str(value)


def _findings(findings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"未结疑点 {len(findings)} 条："
    by_severity = Counter(row["severity"] for row in findings)
    yield "  按级别：" + "，".join(
        f"{SEVERITIES[each]} {by_severity[each]}" for each in SEVERITIES if by_severity[each]
    )
    by_office = Counter(OFFICES[row["owner"][0]] for row in findings if row["owner"])
    yield "  先由谁办：" + "，".join(f"{office} {count}" for office, count in by_office.most_common())
    for row in [row for row in findings if row["severity"] == "S1"]:
        yield f"  {row['rule']} {row['subject']['name']}，自 {row['opened_on']}"
    yield ""


def _next(region: "Region", home: Path | None) -> Iterator[str]:
    if home is None:
        yield "接着看：把样例留在一个目录里，再问它"
        yield "  tuolian demo --home 样例"
        where = "样例"
    else:
        yield "接着看："
        where = str(home)
    for command in ("findings", "chain", "indicators --as-of 2023-05-31", "export --out 结果.xlsx"):
        name, _, rest = command.partition(" ")
        yield f"  tuolian {name} --home {where} --region {region.code} {rest}".rstrip()
    yield "自己的文件："
    yield "  tuolian map 文件夹 --region 区划码 --write"
    yield "  tuolian ingest 文件夹 --region 区划码 --as-of 日期"


def _padded(text: str, width: int) -> str:
    """Text filled up to a width in terminal cells; a Chinese character takes two."""
    return text + " " * max(0, width - sum(2 if ord(character) > 0x2E7F else 1 for character in text))
