"""What the field's codes and words mean: credit and school codes, names, addresses, divisions, working days; pure."""
