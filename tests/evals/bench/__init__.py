"""Speed, memory and disk, beside the raw parts and beside LlamaIndex: ``python -m tests.evals.bench``."""
