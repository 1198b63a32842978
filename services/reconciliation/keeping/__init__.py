"""From a county in memory to rows of its tables, and back."""
