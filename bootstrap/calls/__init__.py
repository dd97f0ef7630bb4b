"""Which calls AWS is asked for each type of resource: what deploying and previewing are allowed follows."""
