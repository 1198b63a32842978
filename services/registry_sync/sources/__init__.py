"""One module a register: its fields, headings and value words, as data."""
