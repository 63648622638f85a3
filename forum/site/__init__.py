"""What this place is called and how it greets: one row that administrators change while the forum runs.

Owns `site`. Announces `SiteDescribed`; hears nothing.
"""
