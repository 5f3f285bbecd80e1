"""The verbs of digestbot, one file each."""
