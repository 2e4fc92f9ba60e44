-- What is erased when its time has ended, and what is held. Nothing is added to the log's own tables.

-- Places whose record and salt were erased: insert only. The log's entries of kind erasure say the same, signed.
CREATE TABLE log_erased (
  first_index bigint NOT NULL PRIMARY KEY, -- from this place
  last_index  bigint NOT NULL,             -- to this one
  period      text   NOT NULL,             -- the catalogue's retention period
  erased_at   text   NOT NULL,             -- when
  run         text   NOT NULL              -- the run
);

-- Runs of erasing.
CREATE TABLE erasure_run (
  id             text   NOT NULL PRIMARY KEY, -- identifier
  as_of          text   NOT NULL,             -- the day (YYYY-MM-DD) as of which a record's time must have ended
  size           bigint NOT NULL,             -- size of the log when it was prepared: later entries are not its business
  terms          text   NOT NULL,             -- version of the retention terms when it was prepared, 64 hexadecimal digits
  prepared_at    text   NOT NULL,             -- when it was prepared
  state          text   NOT NULL,             -- prepared, erasing, clearing, done, given-up
  export         text,                        -- SHA-256 of the bundle taken out for it, base64; null while none was
  without_export bigint NOT NULL,             -- 1 when the operator said that none is wanted
  next_index     bigint NOT NULL,             -- everything before this place is done
  erased         bigint NOT NULL              -- records erased so far
);

-- Legal holds, ended ones too.
CREATE TABLE log_hold (
  id               text NOT NULL PRIMARY KEY, -- identifier
  scope            text NOT NULL,             -- client, organisation, range
  client           text,                      -- whose records; null with another scope, and once the hold has ended and no run can need it any more
  organisation     text,                      -- whose records; null with another scope
  first_index      bigint,                    -- from this place; null with another scope
  last_index       bigint,                    -- to this one
  reason           text NOT NULL,             -- a code
  reference        text,                      -- number of the case
  placed_for       text NOT NULL,             -- organisation of who placed it
  placed_by        text NOT NULL,             -- who placed it
  placed_at        text NOT NULL,             -- when
  until            text,                      -- last day (YYYY-MM-DD); null until lifted
  lifted_for       text,                      -- organisation of who lifted it
  lifted_by        text,                      -- who lifted it
  lifted_at        text,                      -- when
  lifted_index     bigint                     -- place of the entry that tells of it
);
