"""Pure text craft: addresses, markup, sentences, similarity."""
