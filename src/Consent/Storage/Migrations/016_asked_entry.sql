-- Which record of the log each item was asked for in: what was stated with the question is read there.
ALTER TABLE waiting_item ADD COLUMN asked_index bigint; -- log_entry.leaf_index; null in rows from before
