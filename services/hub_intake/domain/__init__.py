"""Canonical rows, the limits of a delivery and the comparison with what is known; pure."""
