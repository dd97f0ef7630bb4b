"""The card fields (`web/`) as browsers get them: what is released, what goes with it, what delivers it."""
