#!/bin/sh
# Starts the broker of docker-compose.yml: its settings and its logins become one file that only it can read.
set -eu
umask 077
config=/tmp/server.properties
cat /mandate/broker.properties /run/secrets/broker-logins >"$config"
/opt/kafka/bin/kafka-storage.sh format --ignore-formatted --cluster-id bWFuZGF0ZS1jb21wb3NlAA --config "$config"
exec /opt/kafka/bin/kafka-server-start.sh "$config"
