"""The web's ground: headers, assets, error pages, fragments, limits. Seen by leaves and `app.py` only."""
