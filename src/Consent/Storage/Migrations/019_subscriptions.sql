-- Standing questions of connected systems, each about one client. What is asked only the gateway can read; of the answer nothing is kept but a keyed digest.
CREATE TABLE subscription (
  id           text   NOT NULL PRIMARY KEY, -- identifier
  client       text   NOT NULL,             -- pseudonymous key of the client, so that a merge of identities moves it
  identity     text,                        -- client key under which it came, where another identity stands for the person now
  subscriber   text   NOT NULL,             -- system that is told of changes
  source       text   NOT NULL,             -- system that is asked
  state        text   NOT NULL,             -- requested, active, error, off
  content      {bytes} NOT NULL,            -- the question and who asked it, sealed by the gateway
  seen         {bytes},                     -- keyed digest of what the subscriber would be given, by the gateway; null until it was looked at once
  events       bigint NOT NULL,             -- number of the newest notification
  delivered    bigint NOT NULL,             -- number of the newest notification that arrived
  told         bigint NOT NULL,             -- 1 when the subscriber was told that it is active, else 0
  failures     bigint NOT NULL,             -- attempts in a row that came to nothing
  changed_at   text,                        -- when the newest notification was made; null while there is none
  kept_at      text   NOT NULL,             -- since when
  ends_at      text   NOT NULL,             -- until when
  due_at       text   NOT NULL,             -- when it is looked after next
  lease        bigint NOT NULL,             -- number of the newest lease
  leased_until text,                        -- until when nobody else gets it; null when nobody has it
  ended_at     text                         -- when it ended; null while it runs
);

-- A system's own.
CREATE INDEX subscription_by_subscriber ON subscription (subscriber, source, kept_at, id);

-- A client's, when identities become one.
CREATE INDEX subscription_by_client ON subscription (client);

-- What is to be looked after next.
CREATE INDEX subscription_by_due ON subscription (due_at);

-- What can be removed.
CREATE INDEX subscription_by_end ON subscription (ended_at);
