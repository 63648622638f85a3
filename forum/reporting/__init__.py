"""Reports of illegal content by anyone, also without an account (DSA Art. 16): each has a number, is answered, and its
sender hears back.

Owns the reports. Announces IllegalContentReported, IllegalReportAnswered, IllegalReportReopened; hears nothing.
"""
