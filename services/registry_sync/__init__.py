"""Ways in for the health, institution, civil-affairs and market registers, the scope review and the population figures."""
