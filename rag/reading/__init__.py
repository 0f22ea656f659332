"""A small reader: does a passage answer a question, and which of its sentences does."""
