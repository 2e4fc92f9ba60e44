-- Indicators, phenomena and statements: flows between organisations about nobody in particular.

-- Definitions of indicators, each version as a whole: insert only.
CREATE TABLE indicator (
  id           text   NOT NULL, -- code
  version      bigint NOT NULL, -- from 1
  organisation text   NOT NULL, -- whose indicator it is
  valid_from   text   NOT NULL, -- first month that the version counts (YYYY-MM)
  definition   text   NOT NULL, -- the definition as JSON
  recorded_at  text   NOT NULL, -- when
  PRIMARY KEY (id, version)
);

-- Counts that an organisation delivered for a month, under one version of the definition. Replaced until the month is published, and kept then: a year is judged by them.
CREATE TABLE indicator_delivery (
  indicator    text   NOT NULL, -- indicator.id
  version      bigint NOT NULL, -- indicator.version that said what was to be counted
  month        text   NOT NULL, -- YYYY-MM
  organisation text   NOT NULL, -- who delivered
  counts       text   NOT NULL, -- cells and how many persons are in each, as JSON
  delivered_at text   NOT NULL, -- when
  PRIMARY KEY (indicator, version, month, organisation)
);

-- Published periods: insert only. What is hidden was decided once.
CREATE TABLE indicator_publication (
  indicator    text   NOT NULL, -- indicator.id
  period       text   NOT NULL, -- YYYY-MM or YYYY
  version      bigint NOT NULL, -- indicator.version that counted
  counts       text   NOT NULL, -- cells and how many persons are in each, as JSON; never shown as they are
  pattern      text   NOT NULL, -- one character for each cell and sum: x hidden, . said
  smallest     bigint NOT NULL, -- the smallest figure that is said
  sources      text   NOT NULL, -- organisations whose counts are in it, separated by a space
  published_at text   NOT NULL, -- when
  PRIMARY KEY (indicator, period)
);

-- Reports of the same category, group and area, taken together until they are answered.
CREATE TABLE phenomenon (
  id        text NOT NULL PRIMARY KEY, -- identifier
  category  text NOT NULL,             -- code of what it is about
  age_group text NOT NULL,             -- code of the grade or age group
  area      text NOT NULL,             -- code of the area
  state     text NOT NULL,             -- reported, escalated or answered
  holder    text,                      -- organisation that convenes the group that has it; null before it went to one
  opened_at text NOT NULL              -- when the first report came
);

CREATE INDEX phenomenon_by_matter ON phenomenon (category, age_group, area, state);

-- Single reports: insert only.
CREATE TABLE phenomenon_report (
  id           text NOT NULL PRIMARY KEY, -- identifier
  phenomenon   text NOT NULL,             -- phenomenon.id
  organisation text NOT NULL,             -- whose professional reported
  reporter     text,                      -- the professional; null where the system did not say
  content      text NOT NULL,             -- what was seen, about nobody in particular
  reported_at  text NOT NULL              -- when
);

CREATE INDEX phenomenon_report_by_phenomenon ON phenomenon_report (phenomenon, id);

-- To which groups it went and what they answered: insert only.
CREATE TABLE phenomenon_step (
  id           text NOT NULL PRIMARY KEY, -- identifier
  phenomenon   text NOT NULL,             -- phenomenon.id
  kind         text NOT NULL,             -- escalated or answered
  network      text NOT NULL,             -- code of the group
  organisation text NOT NULL,             -- who did it
  content      text,                      -- the answer; null where it went to a group
  taken_at     text NOT NULL              -- when
);

CREATE INDEX phenomenon_step_by_phenomenon ON phenomenon_step (phenomenon, id);

-- Statements that one organisation asks of another.
CREATE TABLE statement (
  id                text NOT NULL PRIMARY KEY, -- identifier
  from_organisation text NOT NULL,             -- who asks
  to_organisation   text NOT NULL,             -- who is asked
  title             text NOT NULL,             -- what it is about
  due               text,                      -- last day to answer (YYYY-MM-DD)
  state             text NOT NULL              -- asked, answered or public
);

CREATE INDEX statement_by_sides ON statement (from_organisation, to_organisation);

-- Request, answer and public version as they were written: insert only.
CREATE TABLE statement_part (
  statement    text NOT NULL, -- statement.id
  kind         text NOT NULL, -- request, answer or public
  organisation text NOT NULL, -- who wrote it
  content      text NOT NULL, -- text and figures as JSON
  digest       text NOT NULL, -- SHA-256 of content (hexadecimal); the log has it too
  written_at   text NOT NULL, -- when
  PRIMARY KEY (statement, kind)
);
