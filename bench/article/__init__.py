"""The design of a typical article on serverless payments, built as such articles show it: secrets read and
cards decrypted by KMS for each request, the SDK's resource API, an idempotency table, a transaction, an audit
table and a FIFO queue, each written on its own. A measure to compare with, not to copy: it isn't safe."""
