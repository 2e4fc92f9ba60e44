-- Which entry used which item of a decision for one use: only that entry gives it back.
ALTER TABLE relationship ADD COLUMN scope_users text; -- entries that used scope_used, in its order, separated by a space; null in rows from before, whose items stay used
