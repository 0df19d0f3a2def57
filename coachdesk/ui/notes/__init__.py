"""Contact notes on screen."""
