package dev.mandate.sandbox.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.sandbox.compose.ComposeSecrets;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of docker-compose.yml and of production, run with Kafka's own tools against a broker without topics. */
class SetupScriptIT {

    private static final AccessMatrix MATRIX = AccessMatrix.load();
    private static final Map<String, String> TOOLS = Map.of(
            "kafka-topics.sh", "org.apache.kafka.tools.TopicCommand",
            "kafka-acls.sh", "org.apache.kafka.tools.AclCommand",
            "kafka-configs.sh", "kafka.admin.ConfigCommand");

    /** The script starts one JVM after the other; what the first one has loaded serves the others. */
    private static final String FAST =
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=%s ";

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static Path secrets;

    @BeforeAll
    static void runTheScripts() throws Exception {
        broker = new EmbeddedBroker(directory.resolve("kafka"), SaslUsers.generate(MATRIX, new SecureRandom()));
        broker.start();
        secrets = directory.resolve("secrets");
        new ComposeSecrets(secrets).write();
        runSetup();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void the_script_gives_exactly_the_rights_that_the_sandbox_gives() throws Exception {
        try (var admin = administrator()) {
            assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
                    .containsExactlyInAnyOrderElementsOf(new TopicSetup(MATRIX, 1, 1).accessRules());
        }
    }

    @Test
    void the_script_creates_the_topics_as_the_matrix_says() throws Exception {
        try (var admin = administrator()) {
            var topics = admin.describeTopics(MATRIX.topics().keySet())
                    .allTopicNames()
                    .get();
            for (var topic : topics.values()) {
                assertThat(topic.partitions()).hasSize(MATRIX.partitions());
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
                var config =
                        admin.describeConfigs(List.of(resource)).all().get().get(resource);
                MATRIX.settings()
                        .forEach((name, value) -> assertThat(config.get(name).value())
                                .as(name)
                                .isEqualTo(name.equals("min.insync.replicas") ? "1" : value));
            }
        }
    }

    @Test
    void a_user_logs_in_with_the_password_that_was_made_for_it_and_no_longer_with_another() throws Exception {
        // Given
        var settings = new Properties();
        settings.putAll(broker.users().named("auditor").clientSettings(broker.bootstrapServers()));
        settings.put("sasl.jaas.config", Files.readString(secrets.resolve("auditor/kafka-login")));

        // When
        try (var auditor = Admin.create(settings)) {

            // Then
            assertThat(auditor.listTopics().names().get())
                    .containsAll(MATRIX.topics().keySet());
        }
    }

    private static Admin administrator() {
        return Admin.create(broker.users().administrator().clientProperties(broker.bootstrapServers()));
    }

    private static void runSetup() throws Exception {
        var bin = Files.createDirectory(directory.resolve("bin"));
        for (var tool : TOOLS.entrySet()) {
            var script = bin.resolve(tool.getKey());
            Files.writeString(
                    script,
                    "#!/bin/sh\nexec \"$JAVA\" " + FAST.formatted(directory.resolve("classes.jsa")) + tool.getValue()
                            + " \"$@\"\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
        var login = directory.resolve("admin.properties");
        var settings = new Properties();
        settings.putAll(broker.users().administrator().clientSettings(broker.bootstrapServers()));
        try (var out = Files.newBufferedWriter(login)) {
            settings.store(out, null);
        }
        var setup = new ProcessBuilder(
                        "sh", Path.of("..", "compose", "setup.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        setup.environment()
                .putAll(Map.of(
                        "JAVA",
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                        "CLASSPATH", jars(),
                        "KAFKA_BIN", bin.toString(),
                        "BOOTSTRAP", broker.bootstrapServers(),
                        "COMMAND_CONFIG", login.toString(),
                        "SCRAM", secrets.resolve("kafka").toString(),
                        "REPLICATION", "1",
                        "MIN_INSYNC", "1"));
        assertThat(setup.start().waitFor()).as(() -> readLog()).isZero();
    }

    /** Kafka's tools come in jars, and of directories the JVM shares nothing. */
    private static String jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> part.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String readLog() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (Exception e) {
            return e.toString();
        }
    }
}
