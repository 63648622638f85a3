"""What members say they help with, and who of the staff is away and who stands in.

Owns `helps_with` and `aways`. Announces `HelpTagsChosen`, `AwaySet`, `AwayEnded`; hears nothing.
"""
