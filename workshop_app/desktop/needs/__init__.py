"""What the pages about needs share: the list of needs, the sentence, the ladder and the evidence."""
