-- Entries that could not be delivered at once. What is in them only the gateway can read.

-- One row for each entry that waits or waited; its content goes when it ends.
CREATE TABLE outbox_entry (
  id           text    NOT NULL PRIMARY KEY, -- the key under which the target knows the entry
  client       text    NOT NULL,             -- pseudonymous key of the client, for the order in which the client's entries go
  sender       text    NOT NULL,             -- system that sends it
  target       text    NOT NULL,             -- system that it goes to
  state        text    NOT NULL,             -- waiting, sending, unknown, delivered, refused, cancelled, expired
  unclear      bigint  NOT NULL,             -- attempts after which it may have arrived
  attempts     bigint  NOT NULL,             -- attempts so far
  held_at      text    NOT NULL,             -- since when it waits
  due_at       text,                         -- when it may be tried next; null when nothing is left to do
  lease        bigint  NOT NULL,             -- number of the newest lease
  leased_until text,                         -- until when nobody else gets it; null when nobody has it
  ended_at     text,                         -- when it ended; null while it may be sent
  bytes        bigint  NOT NULL,             -- length of the content
  content      {bytes},                      -- the entry, sealed by the gateway; null when nothing is left to do
  answer       {bytes}                       -- the answer for its sender, sealed by the gateway; null while there is none
);

-- The entries of one client on one way, in their order.
CREATE INDEX outbox_entry_by_client ON outbox_entry (client, sender, target, held_at, id);

-- What is to be done next.
CREATE INDEX outbox_entry_by_due ON outbox_entry (due_at);

-- What can be removed.
CREATE INDEX outbox_entry_by_end ON outbox_entry (ended_at);
