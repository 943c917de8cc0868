"""The summary on the desk: what is to be printed, the pages as pictures, and the ways out of the program."""
