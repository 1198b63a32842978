"""Ways in for the health, institution, civil-affairs and market registers, scope review and population."""
