"""The append-only log of events: its contract and the implementations of it."""
