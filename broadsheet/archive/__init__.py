"""The archive on disk: content files -> pieces, what changed since the last build, its memory."""
