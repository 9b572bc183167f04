package dev.mandate.api.log;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record as it just arrived. It is verified when the first listener asks, for most concern nobody here. */
public final class LiveEvent {

    private final LogRecord found;
    private final LogVerifier verifier;
    private final String reader;
    private final String claimedCommandId;
    private @Nullable Optional<LogEvent> event;

    /** An event of a record that was just read. */
    public LiveEvent(LogRecord found, LogVerifier verifier, String reader) {
        this.found = found;
        this.verifier = verifier;
        this.reader = reader;
        this.claimedCommandId = claimedCommandId(found);
    }

    /** Where it stands. */
    public LogRecord.Position position() {
        return found.position();
    }

    /**
     * The command that the record's headers name. Good for passing over: a genuine record's headers equal its claims,
     * so one that names another command can't concern this one. Good for nothing else.
     */
    public String claimedCommandId() {
        return claimedCommandId;
    }

    /** The verified event; empty when the record is not genuine. */
    public Optional<LogEvent> event() {
        if (event == null) {
            event = verifier.verify(found, reader);
        }
        return event;
    }

    private static String claimedCommandId(LogRecord found) {
        String header = Topics.COMMAND_TOPICS.contains(found.position().topic()) ? "ce_id" : "ce_subject";
        for (LogRecord.Header candidate : found.headers()) {
            byte[] value = candidate.value();
            if (value != null && candidate.name().equals(header)) {
                return new String(value, StandardCharsets.UTF_8);
            }
        }
        return "";
    }
}
