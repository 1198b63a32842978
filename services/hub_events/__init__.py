"""The published language: every event with its explicit wire name, version and topic; pure pydantic."""
