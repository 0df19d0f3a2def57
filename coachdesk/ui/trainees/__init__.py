"""Trainees on screen: the list, the page, the forms that change them."""
