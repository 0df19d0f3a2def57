"""Importing: a spreadsheet in, in four steps: file, columns, preview, done."""
