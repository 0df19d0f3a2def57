"""Attendance on the screen: the month grid, the day panel, a trainee's months, notices and lists."""
