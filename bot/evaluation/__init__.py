"""Measuring: questions with known answers, asked of an archive, and what comes of it in figures."""
