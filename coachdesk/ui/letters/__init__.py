"""Letters of the region: on Today, in the list of Sync, opened, answered."""
