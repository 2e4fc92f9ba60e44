-- Minors: what professionals recorded of a minor's ability to decide and of bars on guardians, and who a child's guardians are.

-- Capacity decisions and bars, one row for each version: insert only.
CREATE TABLE minor_record (
  client       text    NOT NULL, -- whose
  id           text    NOT NULL, -- the decision or bar over all its versions
  version      bigint  NOT NULL, -- from 1
  organisation text    NOT NULL, -- whose professional recorded it
  at           text    NOT NULL, -- when this version was recorded
  entry_id     text    NOT NULL, -- the log entry that tells that something was recorded
  content      {bytes} NOT NULL, -- kind, context, decision, dates, assessor, reason: sealed
  PRIMARY KEY (client, id, version)
);

CREATE INDEX minor_record_by_id ON minor_record (id);

-- Guardianships as a register told them, one row for each version: insert only. The newest version of a pair counts.
CREATE TABLE guardianship (
  client   text    NOT NULL, -- the child
  guardian text    NOT NULL, -- key of the guardian
  version  bigint  NOT NULL, -- from 1, counted for each pair
  source   text    NOT NULL, -- the register
  custody  text    NOT NULL, -- sole or joint
  limits   text    NOT NULL, -- contexts that are not the guardian's, separated by a space; all = every one
  starts   text    NOT NULL, -- in force from
  ends     text,             -- in force until; null while no end is known
  at       text    NOT NULL, -- when this version was recorded
  entry_id text    NOT NULL, -- the log entry that tells that it was recorded
  name     {bytes},          -- what the child is called on the guardian's pages, sealed; null where nobody told it
  PRIMARY KEY (client, guardian, version)
);

CREATE INDEX guardianship_by_guardian ON guardianship (guardian);

-- Until when what was told of a child's guardians was read.
CREATE TABLE guardianship_told (
  client text NOT NULL PRIMARY KEY, -- the child
  as_of  text NOT NULL              -- when the register's state was read
);
