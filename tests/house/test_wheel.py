"""The built wheel works alone: installed apart from the checkout, it has its data and runs the demo."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built without asking a registry."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [path] = folder.glob("*.whl")
    return path


def test_the_wheel_carries_schemas_demo_data_and_migrations_and_nothing_of_the_checkout(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    packages = {name.partition("/")[0] for name in names if not name.startswith("tuolian-")}
    assert packages == {path.name for path in (ROOT / "services").iterdir() if path.is_dir()}
    assert any(name.startswith("tuolian/schemas/") for name in names)
    assert "tuolian/topics.yaml" in names
    assert any(name.startswith("tuolian/demo_data/") and name.endswith("health.xlsx") for name in names)
    assert any(name.startswith("tuolian/migrations/versions/") for name in names)


def test_the_installed_wheel_runs_the_demo_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    [site] = (environment / "lib").glob("python*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    # The dependencies are those of this environment; its editable install of the project is not.
    dependencies = sysconfig.get_path("purelib")
    program = (
        "import sys\n"
        f"sys.path.append({dependencies!r})\n"
        "from tuolian.__main__ import main\n"
        "import tuolian\n"
        f"assert tuolian.__file__.startswith({str(site)!r}), tuolian.__file__\n"
        "sys.argv = ['tuolian', 'demo', '--once']\n"
        "main()\n"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TUOLIAN"))}
    run = subprocess.run(
        [python, "-c", program], cwd=tmp_path, env=clean, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "未结疑点" in run.stdout
