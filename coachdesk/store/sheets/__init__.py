"""Sheets: special reads over several tables, as the screens and papers need them."""
