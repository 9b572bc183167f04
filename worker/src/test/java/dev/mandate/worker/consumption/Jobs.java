package dev.mandate.worker.consumption;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Commands that stand in the log, and jobs of them. */
final class Jobs {

    private static final String PERSON = "https://people.example/";

    private final TestKeys keys;
    private final Clock clock;
    private long offset;

    Jobs(Path directory, Clock clock) {
        this.keys = TestKeys.in(directory, clock);
        this.clock = clock;
    }

    /** A job of the next record in the log. */
    Job next(OwnedPartition home) {
        return next(home, TestCommands.blockUser("auth0|uma", TestCommands.requester(PERSON, List.of()), clock));
    }

    Job next(OwnedPartition home, Command command) {
        LogRecord found =
                TestCommands.appended(new CommandWriter(keys.intakeSigner()).write(command), offset++, clock.instant());
        try {
            ReceivedCommand received = new CommandReader(keys.verifier(), TestCommands.ENVIRONMENT).read(found);
            var job = new Job(found, received, home);
            home.tracker(found.position().topic()).read(found.position().offset(), found.appendedAt());
            home.add(job);
            return job;
        } catch (RejectedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How the journal names a job's record. */
    static CommandReference reference(Job job) {
        return job.received().reference();
    }
}
