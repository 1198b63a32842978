"""The county in memory: what was received, folded day by day into subjects, links, verdicts and answers; pure."""
