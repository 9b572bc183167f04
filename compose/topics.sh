#!/bin/sh
# Creates Mandate's topics and access rules with the tools that come with Kafka. It may be run again.
# Made by "./mandate topics" out of the access matrix; a test fails when it is stale.
#
#   BOOTSTRAP       host:port of the broker
#   COMMAND_CONFIG  file with the administrator's client settings
#   KAFKA_BIN       where Kafka's tools are (/opt/kafka/bin)
#   PARTITIONS      of each topic (24); never change it later, since keys would move
#   REPLICATION     replicas of each topic (3)
#   MIN_INSYNC      how many of them must have a record before it is acknowledged (2)
set -eu
: "${BOOTSTRAP:?is not set}" "${COMMAND_CONFIG:?is not set}"
bin=${KAFKA_BIN:-/opt/kafka/bin}

topic() {
  "$bin/kafka-topics.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$COMMAND_CONFIG" \
    --create --if-not-exists --topic "$1" \
    --partitions "${PARTITIONS:-24}" --replication-factor "${REPLICATION:-3}" \
    --config "min.insync.replicas=${MIN_INSYNC:-2}" \
    --config cleanup.policy=delete \
    --config message.timestamp.type=LogAppendTime \
    --config retention.ms=34560000000 \
    --config unclean.leader.election.enable=false
}

allow() {
  who=$1 what=$2
  shift 2
  "$bin/kafka-acls.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$COMMAND_CONFIG" \
    --add --allow-principal "User:$who" --operation "$what" "$@"
}

topic mandate.commands
topic mandate.commands.bulk
topic mandate.results
topic mandate.quarantine
topic mandate.control

allow api Read --topic mandate.commands --topic mandate.commands.bulk --topic mandate.results --topic mandate.quarantine --topic mandate.control
allow api Write --topic mandate.commands --topic mandate.commands.bulk --topic mandate.control
allow worker Read --topic mandate.commands --topic mandate.commands.bulk --topic mandate.results --topic mandate.control
allow auditor Read --topic mandate.commands --topic mandate.commands.bulk --topic mandate.results --topic mandate.quarantine --topic mandate.control
allow worker Write --topic mandate.results --topic mandate.quarantine
allow worker Read --group mandate-worker
allow auditor Read --group mandate-auditor
allow worker Write --resource-pattern-type prefixed --transactional-id mandate-worker-
