#!/bin/sh
# Runs once, in an empty database: the intake's own user, who owns its database and nothing else.
set -eu
psql --username postgres --no-psqlrc --set ON_ERROR_STOP=1 <<'SQL'
\set password `cat /run/secrets/spring.datasource.password`
CREATE USER mandate PASSWORD :'password';
CREATE DATABASE mandate OWNER mandate;
SQL
