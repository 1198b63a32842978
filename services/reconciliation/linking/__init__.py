"""Which records mean the same site and the same legal person, with the evidence; pure."""
