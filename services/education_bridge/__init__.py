"""The education bureau, both ways: its extracts in, corrections and answers out and back."""
