-- When a page was published (microseconds): its retention counts from there. What is there already counts from now.
ALTER TABLE web_page ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
UPDATE web_page SET created_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000000;
CREATE INDEX web_page_client ON web_page (client_id, created_at);
CREATE INDEX delivery_web_token ON delivery (web_token);
