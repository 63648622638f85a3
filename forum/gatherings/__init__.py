"""Events: who comes, who waits for a place, and the calendars that others can follow.

Owns attendance. An event is a topic on a board of that kind; `posts` keeps its times and tells when they change.
Announces `AttendanceAnswered`, `PlaceGiven`, `EventRescheduled`. Hears `TopicFieldsEdited`: more places let the next
ones up.
"""
