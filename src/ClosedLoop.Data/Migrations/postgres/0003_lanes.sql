-- Delivery lanes that are held back, so that a restart does not run into a relay or a domain that asked for patience.
CREATE TABLE lane (
    name TEXT COLLATE "C" PRIMARY KEY,
    until BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    by_operator BIGINT NOT NULL
);
