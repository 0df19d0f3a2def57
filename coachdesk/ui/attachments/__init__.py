"""Files of a trainee: scanned papers and pictures, kept encrypted and shown without touching the disk."""
