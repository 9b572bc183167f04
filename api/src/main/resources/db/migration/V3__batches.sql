-- Which line of its batch a command was; null for commands that came in no batch. A batch is read by its id, line by
-- line.

alter table command add column batch_line integer;

create index command_by_batch on command (txn, batch_line, id) where lane = 'bulk';
