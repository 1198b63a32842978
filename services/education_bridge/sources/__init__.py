"""One module a list of the education bureau: its fields, headings and value words, as data."""
