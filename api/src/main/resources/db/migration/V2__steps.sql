-- What the journal says of a macro's steps: a JSON array of its lines, with Auth0's answers still sealed (JWE); and what
-- whoever asked should know of what was done.

alter table command add column steps text, add column notice text;
