"""One file a step; the newest by name is the schema that the code expects."""
