"""A county's answers as files for people who live in Excel."""
