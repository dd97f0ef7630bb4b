"""The least that keeps a payment safe: one write before the processor, one after it, no SDK. What can be had
at best, not what should be built: nothing is retried, no credentials are renewed, nothing is on record."""
