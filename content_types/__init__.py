"""What is stored: one file a noun."""
