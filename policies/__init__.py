"""What may happen: one file a noun, and the engine that runs the tables."""
