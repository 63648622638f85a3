"""Keeping the place fair: what members flag, one queue of what waits, decisions that tell everybody concerned.

Owns cases, flags, decisions. Everything that moderators do to what somebody else wrote is a decision: by a rule, with
its facts, undoable; on what is by or about the host its own people propose and a peer confirms. Announces Flagged,
CaseOpened, Decided, Proposed, DecisionUndone. Hears what opens cases elsewhere.
"""
