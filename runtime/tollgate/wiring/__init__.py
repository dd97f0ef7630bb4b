"""What each function is made of, put together once as it starts. The only place that picks adapters.

One module a function, so that a function loads only its own adapters: that shortens its cold start.
"""
