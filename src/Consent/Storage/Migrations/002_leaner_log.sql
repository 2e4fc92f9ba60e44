-- Makes appending cheaper: rows of items and sides are written in the same transaction as their entry, so no foreign key has to look
-- for it again; and only entries that belong to another entry stand in the index of relations.

-- The items of an entry, for searching.
CREATE TABLE log_item_kept (
  leaf_index bigint NOT NULL, -- the entry
  item       text   NOT NULL, -- data item
  released   bigint NOT NULL, -- 1 when it went
  rule       text,            -- the rule that carried it or came nearest
  PRIMARY KEY (leaf_index, item)
) {clustered};

INSERT INTO log_item_kept (leaf_index, item, released, rule) SELECT leaf_index, item, released, rule FROM log_item;
DROP TABLE log_item;
ALTER TABLE log_item_kept RENAME TO log_item;
CREATE INDEX log_item_by_item ON log_item (item, leaf_index);
CREATE INDEX log_item_by_rule ON log_item (rule, leaf_index);

-- Organisations that an entry concerns beside its two sides (further parties of an agreement, holders of what a consent names).
CREATE TABLE log_side_kept (
  leaf_index   bigint NOT NULL, -- the entry
  organisation text   NOT NULL, -- the organisation
  PRIMARY KEY (leaf_index, organisation)
) {clustered};

INSERT INTO log_side_kept (leaf_index, organisation) SELECT leaf_index, organisation FROM log_side;
DROP TABLE log_side;
ALTER TABLE log_side_kept RENAME TO log_side;
CREATE INDEX log_side_by_organisation ON log_side (organisation, leaf_index);

DROP INDEX log_entry_by_relation;
CREATE INDEX log_entry_by_relation ON log_entry (relates) WHERE relates IS NOT NULL;
