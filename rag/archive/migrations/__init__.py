"""The schema's only source: numbered steps, run at opening."""
