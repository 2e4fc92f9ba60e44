-- What an entry that waits is known by beside its key.

-- Keyed SHA-256 of what its sender sent, by the gateway; null = not told. The same key with another digest is another entry.
ALTER TABLE outbox_entry ADD COLUMN digest {bytes};
