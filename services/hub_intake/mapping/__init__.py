"""From plain cells to fields by name: a layout's mapping, applied or proposed."""
