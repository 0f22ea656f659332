"""From bytes to drafts of articles: scraped text, HTML pages, JSON lines."""
