"""The reference pages that are generated from the program, so that they cannot be wrong about it."""
