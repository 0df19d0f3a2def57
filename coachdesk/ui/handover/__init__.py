"""Handing trainees over between desks: what leaves, what has arrived, and the desks that are known."""
