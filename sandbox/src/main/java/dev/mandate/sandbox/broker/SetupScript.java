package dev.mandate.sandbox.broker;

import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.contracts.topic.AccessMatrix.Grant;
import dev.mandate.contracts.topic.AccessMatrix.Operation;
import dev.mandate.contracts.topic.AccessMatrix.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The access matrix as a shell script, for a broker that is not ours to start: it creates the topics and the access
 * rules with the tools that come with Kafka, and may be run again.
 */
public final class SetupScript {

    private final AccessMatrix matrix;

    /** Prepares the script for that matrix. */
    public SetupScript(AccessMatrix matrix) {
        this.matrix = matrix;
    }

    /** The whole script, ending with a line feed. */
    public String text() {
        var script = new StringBuilder(head());
        matrix.topics()
                .keySet()
                .forEach(topic -> script.append("topic ").append(topic).append('\n'));
        script.append('\n');
        rules().forEach((rule, names) -> script.append(line(rule, names)));
        return script.toString();
    }

    private String head() {
        return """
            #!/bin/sh
            # Creates Mandate's topics and access rules with the tools that come with Kafka. It may be run again.
            # Made by "./mandate topics" out of the access matrix; a test fails when it is stale.
            #
            #   BOOTSTRAP       host:port of the broker
            #   COMMAND_CONFIG  file with the administrator's client settings
            #   KAFKA_BIN       where Kafka's tools are (/opt/kafka/bin)
            #   PARTITIONS      of each topic (%d); never change it later, since keys would move
            #   REPLICATION     replicas of each topic (3)
            #   MIN_INSYNC      how many of them must have a record before it is acknowledged (%s)
            set -eu
            : "${BOOTSTRAP:?is not set}" "${COMMAND_CONFIG:?is not set}"
            bin=${KAFKA_BIN:-/opt/kafka/bin}

            topic() {
              "$bin/kafka-topics.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$COMMAND_CONFIG" \\
                --create --if-not-exists --topic "$1" \\
                --partitions "${PARTITIONS:-%1$d}" --replication-factor "${REPLICATION:-3}" \\
                --config "min.insync.replicas=${MIN_INSYNC:-%2$s}" \\
            %s
            }

            allow() {
              who=$1 what=$2
              shift 2
              "$bin/kafka-acls.sh" --bootstrap-server "$BOOTSTRAP" --command-config "$COMMAND_CONFIG" \\
                --add --allow-principal "User:$who" --operation "$what" "$@"
            }

            """.formatted(matrix.partitions(), matrix.settings().get("min.insync.replicas"), otherSettings());
    }

    private String otherSettings() {
        return matrix.settings().entrySet().stream()
                .filter(setting -> !setting.getKey().equals("min.insync.replicas"))
                .map(setting -> "    --config " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" \\\n"));
    }

    /** One line can grant the same right on several names, and each line starts a JVM: so there are few lines. */
    private Map<Rule, List<String>> rules() {
        return matrix.grants().stream()
                .collect(Collectors.groupingBy(
                        Rule::of, LinkedHashMap::new, Collectors.mapping(Grant::name, Collectors.toList())));
    }

    private static String line(Rule rule, List<String> names) {
        var option = switch (rule.resource()) {
            case TOPIC -> "--topic";
            case GROUP -> "--group";
            case TRANSACTIONAL_ID_PREFIX -> "--resource-pattern-type prefixed --transactional-id";
        };
        var operation = switch (rule.operation()) {
            case READ -> "Read";
            case WRITE -> "Write";
        };
        var resources = names.stream().map(name -> option + " " + name).collect(Collectors.joining(" "));
        return "allow %s %s %s\n".formatted(rule.principal(), operation, resources);
    }

    private record Rule(String principal, Operation operation, Resource resource) {

        static Rule of(Grant grant) {
            return new Rule(grant.principal(), grant.operation(), grant.resource());
        }
    }
}
