"""What is known, and how it is asked: the archive, retrieval and answering."""
