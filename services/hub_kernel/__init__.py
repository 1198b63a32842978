"""How work is described, stored and run: topologies, the event log, positions and runtimes, knowing no registry."""
