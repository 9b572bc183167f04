package dev.mandate.bench.stage;

import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.sandbox.broker.EmbeddedBroker;
import dev.mandate.sandbox.broker.SaslUsers;
import dev.mandate.sandbox.broker.TopicSetup;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.apache.kafka.clients.admin.Admin;

/**
 * The broker's process: the sandbox's broker, apart from everything else, so that what it costs can be told. How each
 * of its users logs in stands in a directory of that user's name, which only its owner can look inside.
 */
public final class BrokerMain {

    private BrokerMain() {}

    /**
     * Serves until the process is ended.
     *
     * @param arguments how many partitions each topic gets
     */
    public static void main(String[] arguments) throws IOException {
        var home = Path.of("").toAbsolutePath();
        var matrix = AccessMatrix.load();
        var broker = new EmbeddedBroker(home.resolve("kafka"), SaslUsers.generate(matrix, new SecureRandom()));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
        broker.start();
        var address = broker.bootstrapServers();
        try (var admin = Admin.create(broker.users().administrator().clientProperties(address))) {
            new TopicSetup(matrix, Integer.parseInt(arguments[0]), 1).applyTo(admin);
        }
        for (var user : broker.users().all()) {
            ServiceDirectory.create(home.resolve("users").resolve(user.name())).configure(user.clientSettings(address));
        }
        Files.createFile(home.resolve("ready"));
    }
}
