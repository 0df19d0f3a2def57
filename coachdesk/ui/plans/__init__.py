"""Plans of a trainee: which is valid, writing one by its items, plans made by others."""
