"""Trellis: a forum for a community of practice that an organization hosts and takes part in.

Read on in `wiring.py`: the forum on one page.
"""
