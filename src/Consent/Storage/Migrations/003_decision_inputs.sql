-- What decisions used, so that they can be made again. The log's records commit to these rows; nothing of them is ever public or exported.
-- No column is added to the log: its rows are written as before.

-- States of clients (with labels of documents) as decisions used them: insert only, until no record that commits to them is left.
CREATE TABLE decision_input (
  client     text    NOT NULL, -- whose
  commitment text    NOT NULL, -- as it stands in the records: SHA-256 of salt and content, base64
  content    {bytes} NOT NULL, -- salt and content, sealed for this client
  kept_at    text    NOT NULL, -- when a record first committed to it
  PRIMARY KEY (client, commitment)
);

-- Narrowings of the law by deployments that this installation has run with: insert only.
CREATE TABLE deployment_narrowing (
  version    text    NOT NULL PRIMARY KEY, -- SHA-256 of the content, 64 hexadecimal digits
  content    {bytes} NOT NULL,             -- rules switched off and access classes, as JSON
  first_seen text    NOT NULL              -- when the room first started with it
);
