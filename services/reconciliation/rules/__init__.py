"""The reconciliation rules, one file a theme; pure."""
