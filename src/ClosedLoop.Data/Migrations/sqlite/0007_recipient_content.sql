-- What was fetched for one recipient, as far as the message's links can be rendered again with it: written with the claim.
-- shape: 1 there is something to see in the HTML part, 2 in the text part.
CREATE TABLE recipient_content (
    mailing_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    field INTEGER NOT NULL,
    url TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    shape INTEGER NOT NULL,
    target TEXT,
    PRIMARY KEY (mailing_id, sequence, field)
) WITHOUT ROWID;

-- Attachments and pictures of source mailings and their copies, once each.
CREATE TABLE file_content (
    hash TEXT PRIMARY KEY,
    body BLOB NOT NULL
);

-- Which time the mailing is being sent: each start and each resume is a run of its own.
ALTER TABLE mailing ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
