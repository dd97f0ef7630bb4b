"""The card fields as they are handed out: what is listed of them, and what is compared with the list."""
