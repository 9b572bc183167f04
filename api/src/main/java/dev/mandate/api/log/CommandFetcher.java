package dev.mandate.api.log;

import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.ReceivedCommand;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Fetches single commands from the log. */
final class CommandFetcher implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS = 6;
    private static final String NAME = "fetch";

    private final LogReaders readers;
    private final LogVerifier verifier;
    private final String clientId;
    private @Nullable LogReader reader;

    CommandFetcher(LogReaders readers, LogVerifier verifier, String instance) {
        this.readers = readers;
        this.verifier = verifier;
        this.clientId = instance + "-" + NAME;
    }

    /**
     * The command that is referred to; empty when the log no longer has it, or it is not genuine.
     *
     * @throws LogUnavailableException when the log can't be asked
     */
    synchronized Optional<ReceivedCommand> fetch(CommandReference reference) {
        try {
            LogReader opened = reader;
            if (opened == null) {
                opened = readers.open(clientId);
                reader = opened;
            }
            return read(opened, reference);
        } catch (LogGapException e) {
            return Optional.empty();
        } catch (KafkaException e) {
            close();
            throw new LogUnavailableException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private Optional<ReceivedCommand> read(LogReader opened, CommandReference reference) {
        var partition = new LogPartition(reference.topic(), reference.partition());
        opened.seek(LogPositions.of(Map.of(partition, reference.offset())));
        for (int i = 0; i < POLLS; i++) {
            LogReader.Batch batch = opened.poll(POLL);
            if (batch.reached().isPast(partition, reference.offset())) {
                return batch.records().stream()
                        .filter(found -> found.position().offset() == reference.offset())
                        .findFirst()
                        .flatMap(found -> verifier.verify(found, NAME))
                        .filter(event -> event.command().equals(reference))
                        .map(event -> ((LogEvent.Commanded) event).received());
            }
        }
        throw new LogUnavailableException();
    }
}
