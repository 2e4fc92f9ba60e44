-- Reviewing the log: the law's texts by version, cases of review, and what likenesses between people are found by.

-- Catalogues that this installation has run with since their texts are kept: insert only.
CREATE TABLE catalogue_kept (
  version    text NOT NULL PRIMARY KEY, -- the catalogue's version, 64 hexadecimal digits
  first_seen text NOT NULL              -- when the room first started with it
);

-- Texts of rules, never rules, conditions, items and purposes as they read in one version of the catalogue: insert only.
CREATE TABLE law_text (
  catalogue text    NOT NULL, -- version of the catalogue
  kind      text    NOT NULL, -- rule, prohibition, condition, item, purpose
  id        text    NOT NULL, -- its code
  content   {bytes} NOT NULL, -- text, statutes, dates, as JSON
  PRIMARY KEY (catalogue, kind, id)
) {clustered};

-- Rounds, questions and requests. Each step changes the row and is an entry of the log that commits to it.
CREATE TABLE review_case (
  id           text    NOT NULL PRIMARY KEY, -- identifier; also of the entry that opened it
  kind         text    NOT NULL,             -- round, question, request
  organisation text    NOT NULL,             -- whose officers review
  state        text    NOT NULL,             -- opened, drawn, answered, closed, ...
  person       text,                         -- the professional who is asked; null with another kind
  client       text,                         -- who requests; null with another kind
  due          text,                         -- last day (YYYY-MM-DD); null where there is none
  opened_at    text    NOT NULL,             -- when
  content      {bytes} NOT NULL              -- the case, sealed
);

CREATE INDEX review_case_by_organisation ON review_case (organisation, kind, id);
CREATE INDEX review_case_by_client ON review_case (client, id);

-- Packages that are ready to be handed over. The row goes when the package was handed over or the request ended otherwise.
CREATE TABLE review_package (
  request text    NOT NULL PRIMARY KEY, -- the request
  content {bytes} NOT NULL              -- the package as JSON, sealed
);

-- Keyed hashes of names and addresses, by which likeness between a professional and a client is seen. Neither can be read from them.
CREATE TABLE likeness (
  owner text NOT NULL, -- client KEY, or professional ORGANISATION PERSON
  kind  text NOT NULL, -- surname, address, self, family, vip
  mark  text NOT NULL, -- keyed hash, or the key of the client who is the person or of the family
  PRIMARY KEY (owner, kind, mark)
);
