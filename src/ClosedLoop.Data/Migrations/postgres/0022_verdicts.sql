-- Who was behind an open or click, and why. Null: stored before there were verdicts, and judged by "automated" alone.
-- reasons: signs as a sum of bits; rules: version of the rules that judged; filed: the verdict that response files go by, which stays once they are cut.
ALTER TABLE event ADD COLUMN verdict BIGINT;
ALTER TABLE event ADD COLUMN score BIGINT;
ALTER TABLE event ADD COLUMN reasons BIGINT;
ALTER TABLE event ADD COLUMN rules BIGINT;
ALTER TABLE event ADD COLUMN filed BIGINT;

-- How far events were judged again by each version of the rules.
CREATE TABLE verdict_run (
    rules BIGINT NOT NULL PRIMARY KEY,
    event_id BIGINT NOT NULL,
    finished BIGINT NOT NULL
);
