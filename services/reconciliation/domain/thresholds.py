"""The limits rules work with: settings with defaults, never constants inside a rule."""

from pydantic import BaseModel, ConfigDict, Field


class Thresholds(BaseModel):
    """Every limit of the rules; days are calendar days, working_days Chinese working days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    filing_after_scope_days: int = Field(default=60, ge=0)  # SC-02
    scope_after_confirmation_working_days: int = Field(default=60, ge=0)  # SC-03
    education_extracts_without_class: int = Field(default=2, ge=1)  # SC-04
    change_registration_working_days: int = Field(default=30, ge=0)  # SC-08
    receipt_working_days: int = Field(default=5, ge=0)  # ST-06
    notice_working_days: int = Field(default=15, ge=0)  # ST-06
    annual_report_month: int = Field(default=3, ge=1, le=12)  # ST-03
    annual_report_day: int = Field(default=31, ge=1, le=31)  # ST-03
    places_tolerance: int = Field(default=0, ge=0)  # CA-01
    infant_class_size: int = Field(default=10, ge=1)  # CA-03
    young_toddler_class_size: int = Field(default=15, ge=1)
    old_toddler_class_size: int = Field(default=20, ge=1)
    mixed_class_size: int = Field(default=18, ge=1)
    home_site_places: int = Field(default=5, ge=1)  # CA-07
    infant_carer_ratio: int = Field(default=3, ge=1)  # CA-08
    young_toddler_carer_ratio: int = Field(default=5, ge=1)
    old_toddler_carer_ratio: int = Field(default=7, ge=1)
    withdrawn_after_absences: int = Field(default=2, ge=1)  # DQ-01
    population_basis: str | None = None  # a region's own choice of vintage
