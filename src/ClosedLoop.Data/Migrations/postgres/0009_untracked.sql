-- People who are written to but not followed: their opens and clicks are not stored.
CREATE TABLE untracked (
    client_id BIGINT NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    recorded BIGINT NOT NULL,
    PRIMARY KEY (client_id, address)
);
CREATE TRIGGER untracked_fold BEFORE INSERT OR UPDATE OF address ON untracked FOR EACH ROW EXECUTE FUNCTION fold_address();
