"""The one MetaData on which every package declares its tables, the names of their constraints, and their types."""

from typing import Any

from sqlalchemy import Integer, MetaData, Text
from sqlalchemy.ext.compiler import compiles

# Constraints carry names from the start: a later migration can only change what has a name.
METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


# A server's own language would sort texts differently from a file, and from one server to the next.
@compiles(Text, "postgresql")
def _text_by_code_points(_type: Text, _compiler: Any, **_options: Any) -> str:
    return 'TEXT COLLATE "C"'


# Whole numbers reach to 2^53, as they do in a file.
@compiles(Integer, "postgresql")
def _wide_integer(_type: Integer, _compiler: Any, **_options: Any) -> str:
    return "BIGINT"
