package dev.mandate.sandbox.compose;

import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.sandbox.broker.SaslUser;
import dev.mandate.sandbox.broker.SaslUsers;
import dev.mandate.sandbox.keys.SandboxKeys;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/**
 * Makes every key and password that {@code docker-compose.yml} mounts, fresh for each installation, in one directory
 * per service. Only the owner of the top directory can enter it; the files below may be read by any user, since each
 * container runs as one of its own and sees only the files that are mounted into it.
 */
public final class ComposeSecrets {

    private static final int SECRET_BYTES = 32;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    /**
     * Plans what {@link #write} does.
     *
     * @param directory where they will be; it must not be there yet
     */
    public ComposeSecrets(Path directory) {
        this.directory = directory;
    }

    /**
     * Where the one secret goes that nobody can make up here: that of the application with the Management API's grant.
     * The file is there, empty, with the mode that lets the worker read it whatever its owner's umask is.
     */
    public Path managementClientSecret() {
        return directory.resolve("worker").resolve("management-client-secret");
    }

    /**
     * Makes them all.
     *
     * @throws FileAlreadyExistsException when the directory is there: new keys would orphan what the old ones signed
     * @throws IOException when they can't be written
     */
    public void write() throws IOException {
        write(SaslUsers.generate(AccessMatrix.load(), random));
    }

    /**
     * Makes them all, for a broker with these users.
     *
     * @throws FileAlreadyExistsException when the directory is there
     * @throws IOException when they can't be written
     */
    public void write(SaslUsers users) throws IOException {
        if (Files.exists(directory)) {
            throw new FileAlreadyExistsException(directory.toString());
        }
        ServiceDirectory.create(directory);
        var api = ServiceDirectory.create(directory.resolve("api"));
        var worker = ServiceDirectory.create(directory.resolve("worker"));
        var keys = new SandboxKeys(directory.resolve("ring"), Clock.systemUTC());
        keys.forIntake(api);
        keys.forWorker(worker);
        var hashKey = new byte[SECRET_BYTES];
        random.nextBytes(hashKey);
        api.writeSecret("request-hash-key", hashKey);
        writeLogins(users, api, worker);
        var postgres = ServiceDirectory.create(directory.resolve("postgres"));
        write(postgres, "database-superuser", password());
        write(postgres, "database-password", password());
        Files.createFile(managementClientSecret());
        letContainersRead();
    }

    private void writeLogins(SaslUsers users, ServiceDirectory api, ServiceDirectory worker) {
        var kafka = ServiceDirectory.create(directory.resolve("kafka"));
        var auditor = ServiceDirectory.create(directory.resolve("auditor"));
        write(kafka, "broker-logins", brokerLogins(users));
        write(kafka, "admin-login", adminLogin(users.administrator()));
        users.principals()
                .forEach(user -> write(
                        kafka,
                        "scram-" + user.name(),
                        "SCRAM-SHA-512=iterations=8192,password=" + user.password() + "\n"));
        write(api, "kafka-login", users.named("api").jaasConfig());
        write(worker, "kafka-login", users.named("worker").jaasConfig());
        write(auditor, "kafka-login", users.named("auditor").jaasConfig());
    }

    /** Both sides of the broker's talk with itself, and whom else it lets in by that way. */
    private static String brokerLogins(SaslUsers users) {
        var broker = users.broker();
        var admin = users.administrator();
        var login = "%s required username=\"%s\" password=\"%s\" user_%2$s=\"%3$s\" user_%s=\"%s\";"
                .formatted(
                        PlainLoginModule.class.getName(),
                        broker.name(),
                        broker.password(),
                        admin.name(),
                        admin.password());
        return """
                listener.name.admin.plain.sasl.jaas.config=%s
                listener.name.controller.plain.sasl.jaas.config=%1$s
                """.formatted(login);
    }

    private static String adminLogin(SaslUser admin) {
        return """
                security.protocol=SASL_PLAINTEXT
                sasl.mechanism=PLAIN
                sasl.jaas.config=%s required username="%s" password="%s";
                """.formatted(PlainLoginModule.class.getName(), admin.name(), admin.password());
    }

    private static void write(ServiceDirectory owner, String name, String content) {
        owner.writeSecret(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private String password() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void letContainersRead() throws IOException {
        try (var tree = Files.walk(directory)) {
            for (var path : tree.filter(path -> !path.equals(directory)).toList()) {
                var mode = Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
