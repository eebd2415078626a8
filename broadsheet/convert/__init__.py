"""The converter: raw text of one newspaper page -> pieces. STAGES is all of it, top to bottom."""
