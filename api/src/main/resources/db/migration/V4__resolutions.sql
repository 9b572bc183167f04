-- A person's word on what became of a command whose outcome is unknown: the first that was appended, and which outcome
-- it speaks of. Null as long as nobody has said anything.

alter table command
  add column resolution              text,
  add column resolution_reason       text,
  add column resolution_issuer       text,
  add column resolution_subject      text,
  add column resolution_organization text,
  add column resolution_partition    integer,
  add column resolution_offset       bigint,
  add column resolution_outcome      bigint,
  add column resolved_at             timestamptz;
