"""What came in at a step of several questions or of scales, and what the room keeps of it."""
