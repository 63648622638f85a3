"""What moderators did, told to everybody: a log without names, and a report of each quarter."""
