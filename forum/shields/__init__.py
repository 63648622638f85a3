"""What keeps abuse out before anybody has to clean up: blocked mail domains and address ranges, how many may sign up in
an hour, and from where members came.

Owns blocks, the tries to sign up, and the network addresses that were seen, which it masks after 30 days and forgets
after 90. Announces rushes of sign-ups and changed blocks; hears nothing. Stands below accounts, whose verbs ask it.
"""
