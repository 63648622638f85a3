"""What removing a spam account does, step by step: below the verbs of moderation, since decisions do it
(`operations.OPERATIONS`)."""
