package dev.mandate.audit.command;

import dev.mandate.audit.log.Bundle;
import dev.mandate.audit.log.KafkaLog;
import dev.mandate.audit.log.Log;
import dev.mandate.audit.log.LogUnreadableException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to read from: one of the two, or what the environment says. */
final class Source {

    static final String KAFKA_VARIABLE = "MANDATE_AUDIT_KAFKA";

    static final String KAFKA_DESCRIPTION = "A Kafka client's settings: bootstrap.servers, and the auditor's own user;"
            + " else what " + KAFKA_VARIABLE + " names.";

    @Option(names = "--kafka", paramLabel = "FILE", description = KAFKA_DESCRIPTION)
    private @Nullable Path kafka;

    @Option(names = "--bundle", paramLabel = "FILE", description = "A copy that 'export' wrote.")
    private @Nullable Path bundle;

    Log open() {
        return open(KafkaLog.TOPICS);
    }

    /** Of a broker, these topics only; a bundle is read whole. */
    Log open(Collection<String> topics) {
        return bundle != null ? Bundle.open(bundle) : connect(kafka, topics);
    }

    static Log connect(@Nullable Path given) {
        return connect(given, KafkaLog.TOPICS);
    }

    static Log connect(@Nullable Path given, Collection<String> topics) {
        String variable = System.getenv(KAFKA_VARIABLE);
        Path file = given != null ? given : variable != null && !variable.isEmpty() ? Path.of(variable) : null;
        if (file == null) {
            throw new LogUnreadableException(
                    "Say where to read from: --kafka FILE, or a copy with --bundle FILE.", null);
        }
        var settings = new Properties();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            settings.load(text);
        } catch (NoSuchFileException e) {
            throw new LogUnreadableException("There is no file " + file + " with Kafka's settings.", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new LogUnreadableException("Kafka's settings in " + file + " can't be read: " + e.getMessage(), e);
        }
        return KafkaLog.connect(settings, Clock.systemUTC(), topics);
    }
}
