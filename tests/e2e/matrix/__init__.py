"""Every fault of the processor, alone and in pairs, in every flow of money on the running laptop cloud."""
