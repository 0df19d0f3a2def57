"""The log: who has done what with whose data, of a trainee and of the desk."""
