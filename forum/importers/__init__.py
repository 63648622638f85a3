"""Other forums' archives become topics here, with their old links alive.

A face: it reads an archive, converts, and calls the importing verbs. Owns the table of where each row came from.
"""
