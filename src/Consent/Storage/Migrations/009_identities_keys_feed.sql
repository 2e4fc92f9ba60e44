-- Several identities of one person, and changes for those who follow.

-- Whom this client was merged into; null while it stands for itself. Never a chain: it always names one that stands for itself.
ALTER TABLE client ADD COLUMN merged_into text;
CREATE INDEX client_by_merge ON client (merged_into) WHERE merged_into IS NOT NULL;

-- What was told of identities of one person: a row for each merge, kept with its end.
CREATE TABLE client_merge (
  id        text NOT NULL PRIMARY KEY, -- identifier; the log's entries name it
  prior     text NOT NULL,             -- client key of the identity that no longer stands for itself
  surviving text NOT NULL,             -- client key of the identity that it was told to be
  kind      text NOT NULL,             -- merged (two records of one person), corrected (the identifier was wrong)
  source    text NOT NULL,             -- the register that told it, or the room that entered it
  at        text NOT NULL,             -- when
  undone_at text                       -- when it was undone; null while it stands
);

CREATE INDEX client_merge_by_prior ON client_merge (prior);
CREATE INDEX client_merge_by_surviving ON client_merge (surviving);

-- The identity under which it came, where that is another than the client's own key: by it a merge is undone, and another register's tellings are told apart.
ALTER TABLE consent_place ADD COLUMN identity text;
ALTER TABLE relationship ADD COLUMN identity text;
ALTER TABLE outbox_entry ADD COLUMN identity text;

-- Changes of what decides, for those who keep it: written in the transaction of the change, removed after some time. It says that something changed, never what.
CREATE TABLE change_event (
  number   bigint NOT NULL PRIMARY KEY, -- from 1, without gaps, in the order of the commits
  at       text   NOT NULL,             -- when
  kind     text   NOT NULL,             -- consent, relationship, facts, identity, agreements
  client   text,                        -- whose; null with agreements
  revision bigint NOT NULL              -- revision of the client, or of the agreements, with the change
);

CREATE INDEX change_event_by_time ON change_event (at);
