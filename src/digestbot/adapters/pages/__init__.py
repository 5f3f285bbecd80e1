"""Pages that entries link to: whether they may be read, and what they say."""
