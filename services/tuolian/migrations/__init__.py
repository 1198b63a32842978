"""The migrations of every package's tables, run by hub_kernel.storage.migrating."""
