package dev.mandate.sandbox.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.topic.AccessMatrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupScriptTest {

    private static final Path SCRIPT = Path.of("..", "compose", "topics.sh");

    private final AccessMatrix matrix = AccessMatrix.load();

    @Test
    void the_script_in_the_repository_is_made_from_the_matrix() throws Exception {
        assertThat(SCRIPT)
                .as("stale; make it anew with: ./mandate topics > compose/topics.sh")
                .hasContent(new SetupScript(matrix).text());
    }

    @Test
    void the_script_grants_what_the_matrix_grants() {
        assertThat(new SetupScript(matrix).text().lines())
                .filteredOn(line -> line.startsWith("allow "))
                .containsExactlyInAnyOrder(
                        "allow api Read --topic mandate.commands --topic mandate.commands.bulk --topic mandate.results"
                                + " --topic mandate.quarantine --topic mandate.control",
                        "allow api Write --topic mandate.commands --topic mandate.commands.bulk"
                                + " --topic mandate.control",
                        "allow worker Read --topic mandate.commands --topic mandate.commands.bulk"
                                + " --topic mandate.results --topic mandate.control",
                        "allow worker Write --topic mandate.results --topic mandate.quarantine",
                        "allow auditor Read --topic mandate.commands --topic mandate.commands.bulk"
                                + " --topic mandate.results --topic mandate.quarantine --topic mandate.control",
                        "allow worker Read --group mandate-worker",
                        "allow auditor Read --group mandate-auditor",
                        "allow worker Write --resource-pattern-type prefixed --transactional-id mandate-worker-");
    }

    @Test
    void the_script_calls_kafkas_tools_as_the_shell_reads_it(@TempDir Path directory) throws Exception {
        // Given
        var calls = directory.resolve("calls");
        for (var tool : List.of("kafka-topics.sh", "kafka-acls.sh")) {
            var fake = directory.resolve(tool);
            Files.writeString(fake, "#!/bin/sh\necho \"$(basename \"$0\") $*\" >> \"" + calls + "\"\n");
            assertThat(fake.toFile().setExecutable(true)).isTrue();
        }
        var script = new ProcessBuilder("sh", SCRIPT.toString());
        script.environment()
                .putAll(Map.of(
                        "BOOTSTRAP", "kafka:9092",
                        "COMMAND_CONFIG", "/admin.properties",
                        "KAFKA_BIN", directory.toString(),
                        "REPLICATION", "1",
                        "MIN_INSYNC", "1"));

        // When
        var exit = script.inheritIO().start().waitFor();

        // Then
        assertThat(exit).isZero();
        assertThat(Files.readAllLines(calls))
                .hasSize(matrix.topics().size() + 8)
                .contains("kafka-topics.sh --bootstrap-server kafka:9092 --command-config /admin.properties"
                        + " --create --if-not-exists --topic mandate.results"
                        + " --partitions 24 --replication-factor 1"
                        + " --config min.insync.replicas=1"
                        + " --config cleanup.policy=delete"
                        + " --config message.timestamp.type=LogAppendTime"
                        + " --config retention.ms=34560000000"
                        + " --config unclean.leader.election.enable=false")
                .contains("kafka-acls.sh --bootstrap-server kafka:9092 --command-config /admin.properties"
                        + " --add --allow-principal User:worker --operation Read --group mandate-worker");
    }
}
