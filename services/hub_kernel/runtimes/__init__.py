"""The two hosts that run a topology: embedded, in one process, and Kafka."""
