"""A model of what must hold, written without a look at the operations and the rules.

It compares what clients were answered, what is stored, what the trail says, and what the processor's own list
shows, after every step and again at the end.
"""
