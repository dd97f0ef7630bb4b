"""The card fields (`web/`) as browsers get them: what is released, what is sent with it, and what delivers it."""
