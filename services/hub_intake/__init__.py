"""From bytes to accepted change events, for any registry: receive, read, map, clean, hold, compare, publish."""
