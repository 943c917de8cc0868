"""The desk of the dialogue keeper: what was told to whom, meetings of equal length, questions that all get answered."""
