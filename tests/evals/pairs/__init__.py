"""Minimal pairs of claim and quote."""
