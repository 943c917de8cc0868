"""Parts of the page of a comment round."""
