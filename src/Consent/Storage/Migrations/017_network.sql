-- The network's registers: units and their contacts, offers, co-operation groups. Nothing here is about a client, and nothing that decides reads it.
CREATE TABLE network_row (
  id           text   NOT NULL PRIMARY KEY, -- identifier
  kind         text   NOT NULL,             -- unit, contact, offer or group
  organisation text   NOT NULL,             -- whose it is
  sector       text,                        -- sector of the system that wrote it; null for what the operator wrote
  unit         text,                        -- network_row.id of the unit, of a contact or offer that has one
  municipality text,                        -- where it is; null for several or all
  category     text,                        -- category of an offer
  free_places  bigint,                      -- free places of an offer; null where they are not counted
  starts       text   NOT NULL,             -- valid from
  ends         text,                        -- valid until; null until ended
  version      bigint NOT NULL              -- the version that stands
);

CREATE INDEX network_row_by_kind ON network_row (kind, organisation, id);
CREATE INDEX network_row_by_unit ON network_row (unit);

-- Every version as it was written; none is ever overwritten.
CREATE TABLE network_version (
  id          text   NOT NULL, -- network_row.id
  version     bigint NOT NULL, -- from 1
  content     text   NOT NULL, -- the row as of this version, JSON
  recorded_at text   NOT NULL, -- when
  recorded_by text,            -- professional who wrote it; null for the operator
  PRIMARY KEY (id, version)
);
