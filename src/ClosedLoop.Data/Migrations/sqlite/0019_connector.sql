-- Optimove's older way in: the password of a user, and the token of the login that is in force. Both are sealed.
ALTER TABLE optimove_connector ADD COLUMN password BLOB;
ALTER TABLE optimove_connector ADD COLUMN session BLOB;

-- What was sent is given up by age; stamps rise, so that the index grows at its end only.
CREATE INDEX optimove_send_recorded ON optimove_send (client_id, recorded);
