#!/bin/sh
# Sets the users' passwords, then creates the topics and access rules. It may be run again.
#
#   BOOTSTRAP, COMMAND_CONFIG, KAFKA_BIN   as for topics.sh
#   SCRAM   directory with a file scram-<user> for each user, which holds the password as Kafka's tools read it
set -eu
: "${BOOTSTRAP:?is not set}" "${COMMAND_CONFIG:?is not set}" "${SCRAM:?is not set}"
bin=${KAFKA_BIN:-/opt/kafka/bin}
for file in "$SCRAM"/scram-*; do
  "$bin/kafka-configs.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$COMMAND_CONFIG" \
    --alter --entity-type users --entity-name "${file##*/scram-}" --add-config-file "$file"
done
exec sh "$(dirname "$0")/topics.sh"
