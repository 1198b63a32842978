"""The limits of a delivery: settings with the defaults of the rules, never constants inside a check."""

from pydantic import BaseModel, ConfigDict, Field


class DeliveryLimits(BaseModel):
    """Outside these a delivery is held; percentages are of the records known in the source."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    shortest_percent: int = Field(default=80, ge=0)  # rows under this: short
    longest_percent: int = Field(default=150, ge=100)  # rows over this: long
    known_keys_percent: int = Field(default=70, ge=0)  # known keys present under this: keys
    fill_drop_points: int = Field(default=30, ge=0)  # a required column's fill this much under what it was: fill
    mass_percent: int = Field(default=30, ge=0)  # one field amended in more than this: mass
    mass_least: int = Field(default=10, ge=1)  # and in at least so many records
    exchanged_percent: int = Field(default=50, ge=0)  # two number columns exchanged in more than this: mass
    rejected_percent: int = Field(default=5, ge=0)  # rows rejected over this: rejected
    rejected_least: int = Field(default=5, ge=1)  # and at least so many rows
    foreign_percent: int = Field(default=50, ge=0)  # rows from elsewhere over this: county
    withdrawn_after_absences: int = Field(default=2, ge=1)  # full extracts without a record until it is withdrawn
