-- The read model: a projection of the topics. Nothing here is the record of anything; all of it can be dropped and is
-- then built again from the log. No token, no argument and no opened result ever stands here.

create table command (
  id               uuid primary key,

  -- The command itself; null as long as only the journal has spoken of it.
  topic            text,
  partition        integer,
  record_offset    bigint,
  appended_at      timestamptz,
  payload_hash     text,
  tenant           text,
  action           text,
  target_type      text,
  target_id        text,
  lane             text,
  reason           text,
  issuer           text,
  subject          text,
  organization     text,
  client_id        text,
  txn              text,
  idempotency_key  text,
  request_hash     text,
  deadline         timestamptz,
  decision         text,
  rules            text[],

  -- What the journal says; null as long as it has said nothing.
  started_at       timestamptz,
  attempt          integer,
  outcome          text,
  outcome_offset   bigint,
  ended_at         timestamptz,
  outcome_attempt  integer,
  outcome_decision text,
  outcome_rules    text[],
  upstream_status  integer,
  upstream_method  text,
  upstream_route   text,
  error_code       text,
  error_message    text,
  result           text
);

comment on column command.result is 'Auth0''s answer, still sealed (JWE)';

create index command_by_requester on command (issuer, subject, appended_at desc, id desc);
create index command_by_time      on command (appended_at desc, id desc);
create index command_by_tenant    on command (tenant, appended_at desc, id desc);
create index command_by_target    on command (tenant, target_type, target_id, appended_at desc, id desc);
create index command_open         on command (tenant, appended_at desc, id desc) where outcome is null;
create index command_by_key       on command (issuer, subject, tenant, idempotency_key) where idempotency_key is not null;

-- How far the projection has come. Advanced in the transaction that writes the rows, and only from where it is expected
-- to stand, so that a projector that was paused can't undo what another one did meanwhile.
create table projection_position (
  topic       text    not null,
  partition   integer not null,
  next_offset bigint  not null,
  primary key (topic, partition)
);
