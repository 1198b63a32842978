"""From the bytes of a file to plain cells, behind guards."""
