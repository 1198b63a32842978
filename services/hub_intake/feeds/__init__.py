"""Feeds: what departments publish record by record, cut into deliveries of what changed."""
