"""A whole payments platform in one process, where everything that can fail fails on a schedule.

The operations, rules and handlers are the real ones. Everything around them is simulated: each call of a
port is a numbered step, at which the schedule may make it fail, lose its answer, happen twice, kill the
function, or let somebody else go first. One schedule is one exact execution.
"""
