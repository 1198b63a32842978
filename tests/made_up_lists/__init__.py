"""Four registers' lists of made-up counties, with the faults of county data and the true links."""
