"""Merchants in memory."""

from tollgate.domain.merchant import Merchant


class FakeMerchants:
    """The `Merchants` and `AllMerchants` ports."""

    def __init__(self, *merchants: Merchant) -> None:
        self.stored = {merchant.id: merchant for merchant in merchants}

    def find(self, merchant_id: str) -> Merchant | None:
        return self.stored.get(merchant_id)

    def list_merchants(self) -> list[Merchant]:
        return sorted(self.stored.values(), key=lambda merchant: merchant.created_at)
