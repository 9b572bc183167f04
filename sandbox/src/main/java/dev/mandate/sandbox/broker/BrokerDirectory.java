package dev.mandate.sandbox.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.metadata.storage.Formatter;

/** What must be in a broker's directory before it starts for the first time. */
final class BrokerDirectory {

    private static final String CLUSTER_ID = "bWFuZGF0ZS1zYW5kYm94AA";

    private BrokerDirectory() {}

    /**
     * Gives the directory its identity and the users their passwords; a directory that has them keeps them.
     *
     * @throws IllegalStateException when that is not possible
     */
    static void format(BrokerSettings settings) {
        var directory = settings.node().directory().toString();
        try (var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silence)
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(settings.node().id())
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setMetadataLogDirectory(directory)
                    .addDirectory(directory)
                    .setIgnoreFormatted(true)
                    .setScramArguments(scramArguments(settings.users()))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("can't prepare the broker's directory " + directory, e);
        }
    }

    private static List<String> scramArguments(SaslUsers users) {
        return users.all().stream()
                .map(user -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user.name(), user.password()))
                .toList();
    }
}
