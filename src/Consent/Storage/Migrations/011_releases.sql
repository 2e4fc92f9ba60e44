-- Human decisions on single releases, what waits for one, who recorded a relationship, and what parties agreed.

-- Who recorded a relationship and on which paper or in which call it rests; null in rows from before.
ALTER TABLE relationship ADD COLUMN source text;       -- register, referral or professional
ALTER TABLE relationship ADD COLUMN recorded_for text; -- organisation whose system or professional recorded it
ALTER TABLE relationship ADD COLUMN recorded_by text;  -- professional who recorded it
ALTER TABLE relationship ADD COLUMN recorded_at text;  -- when
ALTER TABLE relationship ADD COLUMN follows text;      -- the relationship that it took over from, where one was handed over

-- What a human decision covers; null for every other relationship. Its kind is the condition decided on.
ALTER TABLE relationship ADD COLUMN scope_items text;   -- data items, separated by a space
ALTER TABLE relationship ADD COLUMN scope_used text;    -- those of them that have gone, where each may go once
ALTER TABLE relationship ADD COLUMN scope_sector text;  -- the recipient's sector
ALTER TABLE relationship ADD COLUMN scope_role text;    -- the recipient's role
ALTER TABLE relationship ADD COLUMN scope_purpose text; -- purpose of use
ALTER TABLE relationship ADD COLUMN scope_once bigint;  -- 1 where each item may go once
ALTER TABLE relationship ADD COLUMN reason text;        -- code of the reason that was given

CREATE INDEX relationship_by_recorder ON relationship (recorded_for, kind);

-- One row for each recipient, client and purpose that waits for a decision of a professional of the giver.
CREATE TABLE waiting_release (
  id                text   NOT NULL PRIMARY KEY, -- identifier
  client            text   NOT NULL,             -- whose data
  from_organisation text   NOT NULL,             -- who would give
  from_system       text,                        -- from which system
  from_sector       text   NOT NULL,             -- the giver's sector
  from_role         text   NOT NULL,             -- the giver's role
  to_organisation   text   NOT NULL,             -- who asks or would be sent to
  to_system         text,                        -- with which system
  to_sector         text   NOT NULL,             -- the recipient's sector
  to_role           text   NOT NULL,             -- the recipient's role
  asked_by          text,                        -- the professional who asked first
  purpose           text   NOT NULL,             -- purpose of use
  direction         text   NOT NULL,             -- read, write or notify
  state             text   NOT NULL,             -- open, released, declined or lapsed
  asked_at          text   NOT NULL,             -- when it was asked first
  lapses_at         text   NOT NULL,             -- when it ends by itself
  decided_at        text,                        -- when it was decided or lapsed
  decided_by        text,                        -- professional who decided
  reason            text,                        -- code of the reason for declining
  identity          text                         -- the identity under which it came, where that is another than the client's own key
);

CREATE INDEX waiting_release_by_giver ON waiting_release (from_organisation, state);
CREATE INDEX waiting_release_by_client ON waiting_release (client, to_organisation);

-- One row for each item of it.
CREATE TABLE waiting_item (
  release   text NOT NULL, -- waiting_release.id
  item      text NOT NULL, -- data item
  rule      text NOT NULL, -- the rule that would carry it
  decisions text NOT NULL, -- conditions to decide on, separated by a space
  state     text NOT NULL, -- open, released, declined or lapsed
  PRIMARY KEY (release, item)
);

-- What the parties agreed beside what decides: roles, signatories, figures to follow; JSON of one version.
CREATE TABLE agreement_version (
  id          text   NOT NULL, -- agreement.id
  version     bigint NOT NULL, -- from 1
  terms       text   NOT NULL, -- the whole agreement as of this version
  recorded_at text   NOT NULL, -- when
  recorded_by text,            -- professional who recorded it; null for the operator and the deployment file
  PRIMARY KEY (id, version)
);
