"""The command line: one module a group of commands, light to import; the hub itself is imported when one runs."""
