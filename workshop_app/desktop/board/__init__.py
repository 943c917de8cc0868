"""The board: cards in heaps, heaps in themes, on a canvas and as a list; everything the group page is made of."""
