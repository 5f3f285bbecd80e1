"""Pages: what is looked at in a browser, each one file that asks nobody for anything."""
