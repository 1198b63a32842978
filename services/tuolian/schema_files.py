"""Where the committed schemas of the published language lie, the codec that reads them, and the command that checks.

python -m tuolian.schema_files --check | --write | --release
"""

import sys
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from hub_events.catalogue import EVENTS
from hub_kernel.events import Event
from hub_kernel.serialization.codec import AvroCodec
from hub_kernel.serialization.schema_files import find_differences, load_schemas, release_schemas, write_schemas


def event_codec() -> AvroCodec[Event]:
    """The codec of every event, which reads what any committed version wrote; prepares nothing before its use."""
    return AvroCodec(EVENTS, written_with=lambda: load_schemas(schemas_folder()))


def schemas_folder() -> Traversable:
    """The folder of committed schemas: inside the installed package, or at the root of a checkout."""
    installed = files("tuolian") / "schemas"
    return installed if installed.is_dir() else _checkout_folder()


def _checkout_folder() -> Path:
    return Path(__file__).parents[2] / "schemas"


def main(arguments: Sequence[str]) -> int:
    """Run the command and give its exit code: 0 done or no difference, 1 differences found, 2 usage."""
    folder = _checkout_folder()
    match list(arguments):
        case ["--write"]:
            return _tell("wrote", write_schemas(folder, EVENTS))
        case ["--release"]:
            return _tell("released", release_schemas(folder))
        case ["--check"]:
            found = [f"{difference.file} {difference.problem}" for difference in find_differences(folder, EVENTS)]
            _tell("difference:", found)
            return 1 if found else 0
    sys.stderr.write(f"{__doc__}\n")
    return 2


def _tell(word: str, items: Sequence[str]) -> int:
    sys.stdout.writelines(f"{word} {item}\n" for item in items)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
