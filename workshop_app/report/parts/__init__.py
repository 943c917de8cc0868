"""The parts of a summary: each module makes sections of the Document from a Summary."""
