"""The shipped weights are what the practice lists teach, and can be made again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reconciliation.matching.fitting import fit
from reconciliation.matching.weights import shipped_weights
from reconciliation.matching.wording import observation_word
from tests.made_up_lists.practice import write_practice
from tuolian.learning import hash_of

ROOT = Path(__file__).parents[3]
PRACTICE = [ROOT / "tests" / "data" / "linkage" / name for name in ("practice-real", "practice-hard")]
# Another library may add up in another order; the practice lists themselves are the same to the byte.
ROUNDING = 0.01


def numbers(weights: dict[str, Any]) -> dict[str, float]:
    """Every weight by its full name."""
    return {
        f"{look}.{kind}.{name}": value
        for look in ("first", "second")
        for kind, named in weights[look].items()
        for name, value in named.items()
    }


def test_the_recorded_command_makes_the_shipped_weights_again(tmp_path: Path) -> None:
    folders = [*PRACTICE, *write_practice(tmp_path)]
    shipped = json.loads((ROOT / "services" / "reconciliation" / "matching" / "weights.json").read_text("utf-8"))
    assert shipped["learnt"]["data_sha256"] == hash_of(folders)
    assert (ROOT / shipped["learnt"]["command"]).is_file()
    out = tmp_path / "weights.json"
    subprocess.run(
        [sys.executable, "-m", "tuolian.learning", *map(str, folders), "--out", str(out)],
        check=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    made = json.loads(out.read_text("utf-8"))
    assert numbers(made) == pytest.approx(numbers(shipped), abs=ROUNDING)
    assert {name: made[name] for name in ("auto", "review", "again")} == {
        name: shipped[name] for name in ("auto", "review", "again")
    }


def test_every_weighed_observation_has_a_chinese_name() -> None:
    weights = shipped_weights()
    names = {name for look in (weights.first, weights.second) for named in look.values() for name in named}
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in observation_word(name)) for name in names)


def test_the_fit_finds_the_odds_of_a_single_observation() -> None:
    observed = np.array([[1.0, 1.0]] * 40 + [[0.0, 1.0]] * 40)
    true = np.array([True] * 30 + [False] * 10 + [True] * 8 + [False] * 32)
    slope, constant = fit(observed, true, np.ones(80), 1e-9)
    assert constant == pytest.approx(np.log(8 / 32), abs=1e-4)
    assert slope == pytest.approx(np.log(30 / 10) - np.log(8 / 32), abs=1e-4)
