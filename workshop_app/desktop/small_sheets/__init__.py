"""The forms of the small sheets: fields, rows and the sums of costs."""
