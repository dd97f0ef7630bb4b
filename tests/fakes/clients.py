"""Clients in memory."""

from tollgate.domain.merchant import Client


class FakeClients:
    """The `Clients` port."""

    def __init__(self, *clients: Client) -> None:
        self.stored = {client.id: client for client in clients}

    def find_client(self, client_id: str) -> Client | None:
        return self.stored.get(client_id)
