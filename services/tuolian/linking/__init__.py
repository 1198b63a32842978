"""Links lists of registers on their own, without a hub: read, recognise, link in batches, write."""
