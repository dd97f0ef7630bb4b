"""A morning with Payroc's test environment: exchanges that settle what is assumed of it.

Each exchange asks Payroc for something and holds what it observed against what the adapter and the simulator
assume. The same exchanges run against the simulator. What was said is saved without card data or keys.
"""
