"""What a county knows as of a day: record timelines, subjects and verdicts; pure."""
