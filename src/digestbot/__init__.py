"""digestbot turns a day of feeds into a post that can be published unread."""
