"""The administration in the browser: a face on the verbs of accounts, boards, site, mail and jobs.

Owns no table and announces nothing. Every page asks for `Act.ADMINISTER` before anything else, and works without
JavaScript.
"""
