"""The stages of a feature: one long page in, an article in sections out."""
