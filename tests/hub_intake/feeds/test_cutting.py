"""Records are cut into tables of one day, each row once in its last state, and no two tables are the same."""

from hub_intake.feeds.cutting import cut
from hub_intake.feeds.records import Shape
from tests.hub_intake.feeds.test_records import LATE, message

DAY = 24 * 3_600_000


def lines(table: bytes) -> list[str]:
    """The lines of a table."""
    return table.decode("utf-8-sig").splitlines()


def test_rows_are_written_under_their_own_keys_with_what_became_of_them() -> None:
    made = cut(
        [
            message({"园名": "甲", "托位数": 20}, offset=5, key=b"1"),
            message({"园名": "乙", "电话": "1,2"}, offset=6, key=b"2"),
            message({"园名": "丙", "_op": "delete"}, offset=7, key=b"3"),
        ],
        Shape.RECORDS,
    )
    ((day, name, table),) = made.tables
    assert (day.isoformat(), name) == ("2023-05-01", "rows-0-5-7.csv")
    assert lines(table) == [
        "园名,托位数,电话,变更方式,消息位置",
        "甲,20,,登记,rows/0/5",
        '乙,,"1,2",登记,rows/0/6',
        "丙,,,删除,rows/0/7",
    ]


def test_of_several_messages_about_a_row_the_last_one_counts() -> None:
    changes = [message({"n": number}, offset=number, key=b"1") for number in range(3)]
    ((_day, _name, table),) = cut([*changes, message({"n": 9}, offset=3, key=None)], Shape.RECORDS).tables
    assert [line.split(",")[0] for line in lines(table)] == ["n", "2", "9"]


def test_another_day_is_another_table_also_when_the_first_day_comes_back() -> None:
    stamps = [LATE, LATE, LATE + DAY, LATE]
    made = cut([message({"n": 1}, offset=number, stamp=stamp) for number, stamp in enumerate(stamps)], Shape.RECORDS)
    assert [(day.isoformat(), name) for day, name, _table in made.tables] == [
        ("2023-05-01", "rows-0-0-1.csv"),
        ("2023-05-02", "rows-0-2-2.csv"),
        ("2023-05-01", "rows-0-3-3.csv"),
    ]


def test_what_is_no_record_is_set_apart_and_the_rest_goes_on() -> None:
    made = cut([message({"n": 1}), message(b"?", offset=1), message({"n": 2}, offset=2, key=b"2")], Shape.RECORDS)
    assert [(each.message.offset, "JSON" in each.reason) for each in made.poison] == [(1, True)]
    assert len(lines(made.tables[0][2])) == 3


def test_the_same_messages_make_the_same_bytes_and_the_same_rows_later_make_others() -> None:
    def made(offset: int) -> bytes:
        return cut([message({"n": 1}, offset=offset)], Shape.RECORDS).tables[0][2]

    assert made(1) == made(1)
    assert made(1) != made(2)


def test_messages_that_say_nothing_make_nothing() -> None:
    assert cut([message(None)], Shape.DEBEZIUM).tables == ()
