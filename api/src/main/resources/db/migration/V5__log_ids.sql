-- The entry in Auth0's own log by which it is known that a write was done whose answer was lost.

alter table command add column upstream_log_id text;
