-- Consents of every form: what stands behind a version, where consents are found that somebody else recorded, what recipients are told, what other registers told.

-- What stands behind a version, as JSON: numbers of papers, for whom it was recorded, where it is mirrored from (codes only); null for one given signed in.
ALTER TABLE consent ADD COLUMN evidence text;

-- The professional who recorded this version; null where nobody did.
ALTER TABLE consent ADD COLUMN recorded_by text;

-- Where a consent is found without its client: one row for each consent, changed with its newest version.
CREATE TABLE consent_place (
  client                 text NOT NULL, -- whose
  id                     text NOT NULL, -- the consent
  recorded_for           text,          -- organisation whose professional recorded it; null where the client gave it signed in or another register keeps it
  recipient_organisation text,          -- the recipient's organisation, where named
  recipient_person       text,          -- the recipient's professional, where named
  source                 text,          -- the register that it is mirrored from; null where it was given here
  notices                text,          -- due while recipients are still to be told of its withdrawal
  PRIMARY KEY (client, id)
);

CREATE INDEX consent_place_by_id ON consent_place (id);
CREATE INDEX consent_place_by_recorder ON consent_place (recorded_for) WHERE recorded_for IS NOT NULL;
CREATE INDEX consent_place_by_person ON consent_place (recipient_organisation, recipient_person) WHERE recipient_person IS NOT NULL;
CREATE INDEX consent_place_by_notices ON consent_place (notices) WHERE notices IS NOT NULL;

-- Until when what another register told of a client was read.
CREATE TABLE consent_mirror (
  client text NOT NULL, -- whose
  source text NOT NULL, -- the register
  as_of  text NOT NULL, -- when its state was read
  PRIMARY KEY (client, source)
);

-- Notices to recipients to stop using and review what they received: insert only. They name no client, no consent and no reason.
CREATE TABLE consent_notice (
  organisation text   NOT NULL, -- who received
  number       bigint NOT NULL, -- place in that organisation's notices, from 1
  system       text,            -- in which system
  at           text   NOT NULL, -- since when
  items        text   NOT NULL, -- items received, separated by a space
  resources    text   NOT NULL, -- what was received, Type/handle with the recipient's handles, separated by a space
  PRIMARY KEY (organisation, number)
);
