"""Linking, rules, findings, the registration chain and indicators of a county."""
