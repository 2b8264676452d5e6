-- What was fetched for one recipient, as far as the message's links can be rendered again with it: written with the claim.
-- shape: 1 there is something to see in the HTML part, 2 in the text part.
CREATE TABLE recipient_content (
    mailing_id BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    field BIGINT NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    shape BIGINT NOT NULL,
    target TEXT COLLATE "C",
    PRIMARY KEY (mailing_id, sequence, field)
);

-- Attachments and pictures of source mailings and their copies, once each.
CREATE TABLE file_content (
    hash TEXT COLLATE "C" PRIMARY KEY,
    body BYTEA NOT NULL
);

-- Which time the mailing is being sent: each start and each resume is a run of its own.
ALTER TABLE mailing ADD COLUMN run BIGINT NOT NULL DEFAULT 0;
