"""Operations that code can't decide: what is known of them, and what two people resolve."""
