"""The same engine kept ready for one county: records come and go, only open questions are weighed again."""
