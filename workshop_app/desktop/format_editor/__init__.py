"""Making a workshop format of one's own: the shelf of formats, and the editor."""
