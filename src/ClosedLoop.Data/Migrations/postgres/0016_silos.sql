-- What several silos on one database need to stay out of each other's way (decision 019).
-- Who sends a slice of a mailing: a number that each run over the slice takes anew, and that claims and outcomes name. Whoever was overtaken writes nothing any more.
CREATE TABLE slice_run (
    mailing_id BIGINT NOT NULL,
    first_sequence BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    PRIMARY KEY (mailing_id, first_sequence)
);

-- Work that one silo does for all, until a moment (microseconds of the database's clock).
CREATE TABLE duty (
    name TEXT COLLATE "C" PRIMARY KEY,
    holder TEXT COLLATE "C" NOT NULL,
    until BIGINT NOT NULL
);

-- Parts of a limit that holds for all silos together. wanted: what the silo could make use of; until: microseconds of the database's clock.
CREATE TABLE limit_share (
    name TEXT COLLATE "C" NOT NULL,
    silo TEXT COLLATE "C" NOT NULL,
    units BIGINT NOT NULL,
    wanted BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (name, silo)
);

-- What all silos must have alike, as the first of them had it.
CREATE TABLE silo_fact (
    name TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);
