-- A person's story and an erasure look for returned mails and for unsubscribe links past retention by address: neither table is small after some years.
CREATE INDEX inbound_mail_sender ON inbound_mail (lower(sender));
CREATE INDEX inbound_mail_recipient ON inbound_mail (lower(recipient));
CREATE INDEX unsubscribe_stub_address ON unsubscribe_stub (lower(address));
