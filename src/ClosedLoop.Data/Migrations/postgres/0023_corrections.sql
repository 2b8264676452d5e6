-- Stamp from which a response no longer counts, because a person has read it otherwise. What files of earlier cut-offs said stays as it was.
ALTER TABLE response ADD COLUMN overruled BIGINT;
CREATE INDEX response_overruled ON response (client_id, overruled) WHERE overruled IS NOT NULL;

-- Rates that a person has set for a time, in place of those of the client's definition. Thousandths of a message per second.
CREATE TABLE lane_limit (
    name TEXT COLLATE "C" PRIMARY KEY,
    per_kilosecond BIGINT NOT NULL,
    until BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    set_by TEXT COLLATE "C" NOT NULL
);
