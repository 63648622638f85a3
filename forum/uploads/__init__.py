"""Pictures and files that people bring into what they write.

Owns who brought what, which words use it, and the addresses `/files/…`. A file is kept once, by its content; an upload
is seen by its owner until it is used, then by whoever may read words that use it. Knows no words itself: whoever has
them says where (`place`) and who may read there. Announces and hears nothing.
"""
