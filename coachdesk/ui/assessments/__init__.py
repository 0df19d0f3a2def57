"""Self-assessments of a trainee: their numbers, and how they have changed."""
