"""Figures drawn on the server: plain values in, SVG text out.

Nothing in here asks the database, the clock or the settings, and no word is chosen here: titles, descriptions
and labels come in already translated. How a figure looks stands in `static/css/site.css`, by class, so that a
strict content security policy, dark mode and print all hold.
"""
