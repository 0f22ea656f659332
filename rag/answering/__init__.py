"""Passages to an answer: evidence weighed, quotes chosen, refusal where the archive does not answer."""
