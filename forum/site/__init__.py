"""What this place is called, how it greets and by which numbers it goes: one row that administrators change while the
forum runs, with a log of who changed what.

Owns `site` and `deeds` (the log, in which the verbs of other capabilities write too). Announces `SiteDescribed` and
`SettingChanged`; hears nothing.
"""
