-- Watching the logs of other installations, and being watched by them. Nothing here says anything about a client.

-- The newest checkpoint that was accepted of each watched log: one row, changed only from the state that was judged (compare and set).
CREATE TABLE watched_log (
  origin      text    NOT NULL PRIMARY KEY, -- the log's name
  size        bigint  NOT NULL,             -- number of its entries
  root        {bytes} NOT NULL,             -- its root hash
  checkpoint  text    NOT NULL,             -- its signed checkpoint with this installation's cosignature
  cosigned_at text    NOT NULL              -- when it was cosigned
);

-- How the last look at a followed log went.
CREATE TABLE watched_look (
  origin  text NOT NULL PRIMARY KEY, -- the log's name
  outcome text NOT NULL,             -- unchanged, grown, unreachable, not-signed, tiles-disagree, alarm
  at      text NOT NULL              -- when
);

-- Right edge of the leaves that were kept of a followed log.
CREATE TABLE watched_edge (
  origin text    NOT NULL PRIMARY KEY, -- the log's name
  size   bigint  NOT NULL,             -- number of leaves that the edge stands for
  edge   {bytes} NOT NULL              -- roots of the complete subtrees (compact range)
);

-- Leaf hashes of a followed log as they were when they were seen first, 256 in a row.
CREATE TABLE watched_leaves (
  origin text    NOT NULL, -- the log's name
  tile   bigint  NOT NULL, -- place of the row, from 0
  hashes {bytes} NOT NULL, -- 32 bytes for each leaf
  PRIMARY KEY (origin, tile)
);

-- What a watched log did that it must not do. Never deleted; settled by the operator.
CREATE TABLE watched_alarm (
  id          text   NOT NULL PRIMARY KEY, -- identifier
  origin      text   NOT NULL,             -- the log's name
  kind        text   NOT NULL,             -- split-view, truncated, replayed, edited, reordered, forked
  evidence    text   NOT NULL,             -- the evidence as a file: both signed checkpoints
  first_seen  text   NOT NULL,             -- when it was seen first
  last_seen   text   NOT NULL,             -- when it was seen last
  times       bigint NOT NULL,             -- how often
  settled_at  text,                        -- when the operator settled it; null while it stands
  settled_why text                         -- the operator's reason
);

CREATE INDEX watched_alarm_by_origin ON watched_alarm (origin, kind);

-- The witnesses of this installation's own log, as the last call went.
CREATE TABLE log_witness (
  witness text   NOT NULL PRIMARY KEY, -- name of the witness
  size    bigint NOT NULL,             -- size that it cosigned last
  outcome text   NOT NULL,             -- cosigned, unreachable, refused, ahead, contradicted, unusable
  at      text   NOT NULL              -- when this outcome was reached first
);

-- Cosignatures on checkpoints of this installation's own log: those of the newest that enough witnesses signed, and of later ones.
CREATE TABLE log_cosignature (
  size        bigint NOT NULL, -- number of entries of the checkpoint
  witness     text   NOT NULL, -- name of the witness
  checkpoint  text   NOT NULL, -- the checkpoint as the log signed it
  line        text   NOT NULL, -- the signature line, newline included
  cosigned_at text   NOT NULL, -- the time that the witness states
  PRIMARY KEY (size, witness)
);
