package dev.mandate.sandbox.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.PortBinding;
import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.sandbox.compose.ComposeFile;
import dev.mandate.sandbox.compose.ComposeSecrets;
import dev.mandate.sandbox.net.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/** The access matrix on Kafka's official image, set up by the files that docker-compose.yml uses. */
@EnabledIf(value = "dockerIsHere", disabledReason = ContainerBrokerIT.WITHOUT_DOCKER)
class ContainerBrokerIT extends AccessMatrixContract {

    static final String WITHOUT_DOCKER =
            "Docker is not here: the access matrix was tried against the embedded broker only (EmbeddedBrokerIT),"
                    + " not against Kafka's official image";
    private static final Path COMPOSE = Path.of("..", "compose");

    @TempDir
    static Path directory;

    private static GenericContainer<?> container;
    private static ContainerBroker broker;

    private record ContainerBroker(String bootstrapServers, SaslUsers users) implements RunningBroker {}

    static boolean dockerIsHere() {
        boolean here = DockerClientFactory.instance().isDockerAvailable();
        if (!here) {
            LoggerFactory.getLogger(ContainerBrokerIT.class).warn(WITHOUT_DOCKER);
        }
        return here;
    }

    @BeforeAll
    static void start() throws Exception {
        int port = FreePorts.take(1).getFirst();
        var users = SaslUsers.generate(AccessMatrix.load(), new SecureRandom());
        container = container(port, users);
        container.start();
        broker = new ContainerBroker("localhost:" + port, users);
        setUp();
        writeOneRecordToEachTopic(broker);
    }

    @AfterAll
    static void stop() {
        if (container != null) {
            container.stop();
        }
    }

    @Override
    RunningBroker broker() {
        return broker;
    }

    private static GenericContainer<?> container(int port, SaslUsers users) throws Exception {
        var secrets = new ComposeSecrets(directory.resolve("secrets"));
        secrets.write(users);
        Files.writeString(
                directory.resolve("secrets/kafka/scram-admin"),
                "SCRAM-SHA-512=iterations=8192,password="
                        + users.administrator().password() + "\n");
        // Clients outside the container find the broker by the port that it is published on, not by its service's name.
        var settings = Files.readString(COMPOSE.resolve("broker.properties"))
                .replace(
                        "CLIENT://kafka:9092,ADMIN://kafka:9093",
                        "CLIENT://localhost:" + port + ",ADMIN://localhost:9093");
        return new GenericContainer<>(ComposeFile.read(Path.of(".."))
                        .service("kafka")
                        .get("image")
                        .toString())
                .withCreateContainerCmdModifier(command -> {
                    command.withEntrypoint("sh", "/mandate/broker.sh");
                    command.getHostConfig().withPortBindings(PortBinding.parse("127.0.0.1:" + port + ":9092"));
                })
                .withExposedPorts(9092)
                .withStartupTimeout(Duration.ofMinutes(2))
                .withCopyFileToContainer(MountableFile.forHostPath(COMPOSE), "/mandate/")
                .withCopyToContainer(Transferable.of(settings), "/mandate/broker.properties")
                .withCopyFileToContainer(
                        MountableFile.forHostPath(directory.resolve("secrets/kafka"), 0755), "/run/secrets/");
    }

    private static void setUp() throws Exception {
        var result = container.execInContainer(
                "env",
                "BOOTSTRAP=localhost:9093",
                "COMMAND_CONFIG=/run/secrets/admin-login",
                "SCRAM=/run/secrets",
                "REPLICATION=1",
                "MIN_INSYNC=1",
                "sh",
                "/mandate/setup.sh");
        assertThat(result.getExitCode())
                .as(result.getStdout() + result.getStderr())
                .isZero();
    }
}
