"""Attacks inside of articles and questions, and a model that obeys them: nothing of theirs may be shown."""
