"""What a terminal is given: text, never codes that a file brought along."""

import pytest

from tuolian.cli.printing import Column, emit, emit_json, emit_table, say

_HOSTILE = "\x1b[31m园\x1b[0m\x9b2J\u202e名\r"
_CODES = set("\x1b\x9b\u202e\r")


def test_codes_that_a_terminal_would_obey_are_shown_not_sent(capsys: pytest.CaptureFixture[str]) -> None:
    emit(_HOSTILE)
    say(_HOSTILE)
    emit_table("疑点", [Column("名称", lambda row: row["name"])], [{"name": _HOSTILE}])
    shown = capsys.readouterr()
    assert not _CODES & set(shown.out + shown.err)
    assert shown.out.count("园") == 2


def test_json_keeps_what_was_received(capsys: pytest.CaptureFixture[str]) -> None:
    emit_json([{"name": "园\x1b"}])
    assert capsys.readouterr().out == '{"name": "园\\u001b"}\n'
