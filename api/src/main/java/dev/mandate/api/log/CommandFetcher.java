package dev.mandate.api.log;

import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Fetches single commands and outcomes from the log. */
public final class CommandFetcher implements AutoCloseable {

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
    public Optional<ReceivedCommand> fetch(CommandReference reference) {
        return fetch(new LogRecord.Position(reference.topic(), reference.partition(), reference.offset()))
                .filter(event -> event.command().equals(reference))
                .flatMap(event -> event instanceof LogEvent.Commanded(ReceivedCommand received)
                        ? Optional.of(received)
                        : Optional.empty());
    }

    /**
     * The statement of the journal at this place; empty when the log no longer has it, or it is not genuine.
     *
     * @throws LogUnavailableException when the log can't be asked
     */
    public Optional<ReceivedStatement> fetchStatement(LogRecord.Position position) {
        return fetch(position)
                .flatMap(event -> event instanceof LogEvent.Journaled(ReceivedStatement received)
                        ? Optional.of(received)
                        : Optional.empty());
    }

    private synchronized Optional<LogEvent> fetch(LogRecord.Position position) {
        try {
            LogReader opened = reader;
            if (opened == null) {
                opened = readers.open(clientId);
                reader = opened;
            }
            return read(opened, position);
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

    private Optional<LogEvent> read(LogReader opened, LogRecord.Position position) {
        var partition = LogPartition.of(position);
        opened.seek(LogPositions.of(Map.of(partition, position.offset())));
        for (int i = 0; i < POLLS; i++) {
            LogReader.Batch batch = opened.poll(POLL);
            if (batch.reached().isPast(partition, position.offset())) {
                return batch.records().stream()
                        .filter(found -> found.position().offset() == position.offset())
                        .findFirst()
                        .flatMap(found -> verifier.verify(found, NAME));
            }
        }
        throw new LogUnavailableException();
    }
}
