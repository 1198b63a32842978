"""Tables of answers kept from events: links, sites, findings, indicators, the chain."""
