"""The first run: six steps, each kept when it is done, until a coach can work."""
