"""The participants' server: plain pages for phones, over HTTP in the room."""
