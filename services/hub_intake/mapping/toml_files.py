"""A layout's mapping as a TOML file that a person can read and change, and its hash."""

import tomllib
from hashlib import sha256
from typing import Any

import tomli_w
from pydantic import ValidationError

from hub_intake.mapping.layout import LayoutMapping
from hub_kernel.errors import UsageError

_OPENING = (
    "# 列对应关系：左边是登记项，右边是文件里的列名；两级表头写成“托大班/班数”。\n"
    "# 各项含义与修改方法见 docs/adding-a-layout.md。\n"
)


def dump_mapping(mapping: LayoutMapping) -> str:
    """The mapping as TOML with a heading comment; the same mapping gives the same text. Source: load_mapping."""
    values: dict[str, Any] = mapping.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    ordered: dict[str, Any] = {
        name: values[name] for name in ("registry", "region", "sheet", "header_rows") if name in values
    }
    ordered |= {name: value for name, value in values.items() if not isinstance(value, dict) and name not in ordered}
    ordered |= {name: value for name, value in values.items() if isinstance(value, dict)}
    return _OPENING + tomli_w.dumps(ordered)


def load_mapping(text: str) -> LayoutMapping:
    """The mapping that a TOML text holds; UsageError, in Chinese, if it is no TOML or no mapping."""
    try:
        return LayoutMapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"列对应关系不是有效的 TOML（{error}），请检查引号和等号。") from None
    except ValidationError as error:
        places = "、".join(_place(fault["loc"]) for fault in error.errors())
        raise UsageError(f"列对应关系中这些项不对：{places}，请对照 docs/adding-a-layout.md 改正。") from None


def mapping_hash(mapping: LayoutMapping) -> str:
    """sha256 (hex) of the mapping's content: the order of columns in the file does not count."""
    return sha256(mapping_text(mapping).encode()).hexdigest()


def mapping_text(mapping: LayoutMapping) -> str:
    """The mapping in one canonical text, keys sorted; what the hash is taken over."""
    return tomli_w.dumps(_sorted(mapping.model_dump(mode="json", exclude_none=True)))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return value


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "全文"
