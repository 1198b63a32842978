"""Links lists of many counties at once: parts, blocks, comparisons in columns, learnt weights, settled matches."""
