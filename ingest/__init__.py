"""From the world to the archive: fetching, extraction and the pipeline."""
