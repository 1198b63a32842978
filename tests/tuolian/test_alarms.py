"""Alarms speak of measures that workers really tell, each with a sentence for whoever is woken up."""

import re
from pathlib import Path

import yaml

from hub_kernel.runtimes.measures import Counts

RULES = Path(__file__).parents[2] / "deploy" / "prometheus" / "rules.yaml"
OF_THE_HUB = {"tuolian_lag_events", "tuolian_lag_seconds", "tuolian_parked_counties", "tuolian_dead_letters"}


def test_every_alarm_is_about_a_measure_that_is_told() -> None:
    told = {measure.name for measure in Counts().measures()} | OF_THE_HUB
    rules = [rule for group in yaml.safe_load(RULES.read_text("utf-8"))["groups"] for rule in group["rules"]]
    named = {name for rule in rules for name in re.findall(r"tuolian_\w+", rule["expr"])}
    assert named <= told
    assert all(rule["annotations"]["summary"] for rule in rules)
    assert len({rule["alert"] for rule in rules}) == len(rules) == 5
