"""The way out: GETs that are checked where they connect, limited, and polite."""
