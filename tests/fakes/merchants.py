"""Merchants in memory."""

from tollgate.domain.merchant import Merchant


class FakeMerchants:
    """The `Merchants` port."""

    def __init__(self, *merchants: Merchant) -> None:
        self.stored = {merchant.id: merchant for merchant in merchants}

    def find(self, merchant_id: str) -> Merchant | None:
        return self.stored.get(merchant_id)
