"""Real servers for tests, each started by the tests themselves on a port of 127.0.0.1 that the system gave."""
