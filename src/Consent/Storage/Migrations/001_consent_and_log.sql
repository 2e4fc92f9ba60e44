-- Everything the consent service keeps. Portable SQL: text, bigint and {bytes} (blob or bytea) only.
-- Times are UTC ISO-8601 text with milliseconds (24 characters), so that they sort as text.
-- Whatever belongs to one client carries the client's key first, so that it can be distributed by client.

-- What is counted for the whole room, by name.
CREATE TABLE room_value (
  name  text   NOT NULL PRIMARY KEY, -- agreements-revision, pseudonym-check
  value bigint NOT NULL              -- the number
);

-- The clients that anything is on record of.
CREATE TABLE client (
  client     text    NOT NULL PRIMARY KEY, -- pseudonymous key: 32 hexadecimal digits, keyed from the identifier
  revision   bigint  NOT NULL,             -- raised by every change of consents, relationships or facts of the client
  identifier {bytes},                      -- the national identifier, sealed; null until somebody tells it
  facts      {bytes}                       -- the facts that decide, sealed; null until somebody tells them
);

-- Consents and prohibitions: one row for each version, never changed.
CREATE TABLE consent (
  client        text   NOT NULL, -- whose
  id            text   NOT NULL, -- the consent over all versions
  version       bigint NOT NULL, -- from 1
  record        text   NOT NULL, -- the version as JSON: form, items, recipient, purpose, dates, status (codes only)
  what          text   NOT NULL, -- given, changed or withdrawn
  at            text   NOT NULL, -- when this version was made
  text_language text   NOT NULL, -- language of the text shown: fi, sv, en
  text_version  text   NOT NULL, -- version of the text shown
  how           text   NOT NULL, -- how it was given: signed-in
  entry_id      text   NOT NULL, -- the log entry that tells of it
  PRIMARY KEY (client, id, version)
);

-- Relationships a rule may rest on: referrals, enrolments and others, as they stand now.
CREATE TABLE relationship (
  client            text NOT NULL, -- whose
  id                text NOT NULL, -- identifier, chosen by the one who recorded it
  kind              text NOT NULL, -- referral, enrolment, ...: a code of the catalogue's conditions
  status            text NOT NULL, -- requested, active, rejected or ended
  from_organisation text,          -- on whose side it arose
  to_organisation   text,          -- towards whom it holds
  professional      text,          -- towards which professional, where named
  starts            text NOT NULL, -- in force from (inclusive)
  ends              text,          -- in force until (inclusive); null until ended
  PRIMARY KEY (client, id)
);

CREATE INDEX relationship_by_id ON relationship (id);
CREATE INDEX relationship_by_recipient ON relationship (to_organisation, kind);
CREATE INDEX relationship_by_origin ON relationship (from_organisation, kind);

-- Agreements between organisations.
CREATE TABLE agreement (
  id      text NOT NULL PRIMARY KEY, -- identifier
  kind    text NOT NULL,             -- cooperation, on-behalf, ...: a code of the catalogue's conditions
  parties text NOT NULL,             -- organisations, separated by a space
  flows   text NOT NULL,             -- rules it is a condition for, separated by a space
  starts  text NOT NULL,             -- in force from (inclusive)
  ends    text                       -- in force until (inclusive); null until ended
);

-- The disclosure log: insert only, until the retention time erases record and salt.
CREATE TABLE log_entry (
  leaf_index        bigint  NOT NULL PRIMARY KEY, -- place in the log, from 0, without gaps
  entry_id          text    NOT NULL UNIQUE,      -- identifier chosen by the writer: writing twice changes nothing
  leaf_time         text    NOT NULL,             -- when the log took it in; part of the leaf
  commitment        {bytes} NOT NULL,             -- SHA-256 of salt and record; part of the leaf
  leaf_hash         {bytes} NOT NULL,             -- hash of the leaf in the tree
  salt              {bytes},                      -- 32 random bytes; null once erased
  record            {bytes},                      -- canonical bytes of the entry; null once erased
  client            text,                         -- whose data
  time              text    NOT NULL,             -- when it happened
  kind              text    NOT NULL,             -- disclosure, refusal, consent-change, ...
  outcome           text    NOT NULL,             -- released, withdrawn, ...
  from_organisation text,                         -- who held
  from_system       text,                         -- in which system
  to_organisation   text,                         -- who received or would have
  to_system         text,                         -- in which system
  relates           text,                         -- entry this one belongs to
  correlation_id    text    NOT NULL              -- the call, as the caller saw it
);

CREATE INDEX log_entry_by_client ON log_entry (client, leaf_index);
CREATE INDEX log_entry_by_origin ON log_entry (from_organisation, leaf_index);
CREATE INDEX log_entry_by_recipient ON log_entry (to_organisation, leaf_index);
CREATE INDEX log_entry_by_relation ON log_entry (relates);
CREATE INDEX log_entry_by_call ON log_entry (correlation_id);

-- The items of an entry, for searching.
CREATE TABLE log_item (
  leaf_index bigint NOT NULL REFERENCES log_entry (leaf_index), -- the entry
  item       text   NOT NULL,                                   -- data item
  released   bigint NOT NULL,                                   -- 1 when it went
  rule       text,                                              -- the rule that carried it or came nearest
  PRIMARY KEY (leaf_index, item)
);

CREATE INDEX log_item_by_item ON log_item (item, leaf_index);
CREATE INDEX log_item_by_rule ON log_item (rule, leaf_index);

-- Organisations that an entry concerns beside its two sides (further parties of an agreement, holders of what a consent names).
CREATE TABLE log_side (
  leaf_index   bigint NOT NULL REFERENCES log_entry (leaf_index), -- the entry
  organisation text   NOT NULL,                                   -- the organisation
  PRIMARY KEY (leaf_index, organisation)
);

CREATE INDEX log_side_by_organisation ON log_side (organisation, leaf_index);

-- Roots of full tiles (C2SP tlog-tiles), which are the hashes of the next level; level 0 is log_entry.leaf_hash.
CREATE TABLE log_node (
  level      bigint  NOT NULL, -- height in tiles, from 1
  node_index bigint  NOT NULL, -- place at that height, from 0
  hash       {bytes} NOT NULL, -- 32 bytes
  PRIMARY KEY (level, node_index)
);

-- The log's right edge: one row. Whoever appends changes it first, which makes writers wait for one another.
CREATE TABLE log_edge (
  id         bigint  NOT NULL PRIMARY KEY, -- always 1
  size       bigint  NOT NULL,             -- number of entries
  edge       {bytes} NOT NULL,             -- roots of the complete subtrees (compact range)
  checkpoint text    NOT NULL              -- the newest signed checkpoint (C2SP tlog-checkpoint)
);
