"""What is particular to the registers that come in here, beyond their fields; pure."""
