"""Practice: a region and a desk of made-up people, on this computer only."""
