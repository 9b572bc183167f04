package dev.mandate.api.status;

import dev.mandate.api.load.Admission;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.projection.ProjectionProgress;
import dev.mandate.api.projection.ReadModelUnavailableException;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/** Reads single commands for people. */
public final class CommandReads {

    /** How long a reading waits for a command that was only just accepted. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final CommandTable table;
    private final ProjectionProgress progress;
    private final Visibility visibility;
    private final Watches watches;
    private final Views views;
    private final SignedLinks links;
    private final Admission admission;

    CommandReads(
            CommandTable table,
            ProjectionProgress progress,
            Visibility visibility,
            Watches watches,
            Views views,
            SignedLinks links,
            Admission admission) {
        this.table = table;
        this.progress = progress;
        this.visibility = visibility;
        this.watches = watches;
        this.views = views;
        this.links = links;
        this.admission = admission;
    }

    /**
     * Where a command stands.
     *
     * @param at when the broker appended it
     */
    public record Located(LogRecord.Position position, Instant at) {}

    /**
     * Where a command stands that the caller may see.
     *
     * @param position the position in the link, if there was one
     * @throws ProblemException with 404 {@code command.not_found}: there is none, or the caller may not see it; with
     *     400 {@code position.invalid}; with 429 {@code requester.concurrency} when too many of the caller's requests
     *     wait already
     * @throws ReadModelUnavailableException when nothing can be said
     * @throws Exception when the thread is interrupted
     */
    public Located locate(Caller caller, String id, Optional<String> position) throws Exception {
        if (position.isPresent()) {
            awaitProjected(id, position.get());
        }
        CommandState.Submitted command = command(find(caller, id));
        return new Located(command.position(), command.at());
    }

    /**
     * Until when a command of the caller's can be called off: its deadline.
     *
     * @throws ProblemException as {@link #locate}; with 403 {@code command.not_yours} when the caller may see it, and
     *     did not ask for it; with 409 {@code command.ended} when it has its outcome
     * @throws ReadModelUnavailableException when nothing can be said
     * @throws Exception when the thread is interrupted
     */
    public Instant cancellableUntil(Caller caller, String id, Optional<String> position) throws Exception {
        CommandState state = read(caller, id, position, Duration.ZERO);
        CommandState.Submitted command = command(state);
        if (!Visibility.isOwn(caller, command.owner())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN, "command.not_yours", "Forbidden", "Only who asked for it can call it off");
        }
        if (state.ended().isPresent()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "command.ended", "Conflict", "It has its outcome, which does not change");
        }
        return command.deadline();
    }

    /** As {@link #locate}, the command's state; waits for its end as long as {@code wait}. */
    public CommandState read(Caller caller, String id, Optional<String> position, Duration wait) throws Exception {
        if (position.isPresent()) {
            awaitProjected(id, position.get());
        }
        if (wait.isZero()) {
            return find(caller, id);
        }
        // Watched before it is read, so that no outcome slips through.
        try (Watch watch = watches.open(id)) {
            CommandState state = find(caller, id);
            if (state.ended().isPresent()) {
                return state;
            }
            return admission
                    .whileWaiting(() -> Optional.of(watch.await(wait)))
                    .map(state::and)
                    .orElse(state);
        }
    }

    /** The command as the caller sees it. */
    public CommandView view(Caller caller, CommandState state) {
        var shown = links.links(state.id());
        return Visibility.isOwn(caller, command(state).owner())
                ? views.own(Visibility.owner(caller), state, shown)
                : views.sealed(state, shown);
    }

    private CommandState find(Caller caller, String id) {
        Optional<CommandState> state = uuid(id).flatMap(table::find);
        Optional<CommandState.Submitted> command = state.flatMap(CommandState::submitted);
        if (command.isEmpty() && !progress.isCurrent()) {
            throw new ReadModelUnavailableException();
        }
        return state.filter(found ->
                        command.filter(seen -> visibility.maySee(caller, seen)).isPresent())
                .orElseThrow(CommandReads::notFound);
    }

    private void awaitProjected(String id, String token) throws Exception {
        LogRecord.Position position = links.position(id, token)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "position.invalid",
                        "Bad Request",
                        "The position is not one that was given out for this command"));
        // Nobody waits for a read model that won't come, and nobody's waiting takes a place from those who submit.
        boolean there = !progress.isOutOfReach()
                && (progress.awaitPast(position, Duration.ZERO)
                        || admission
                                .whileHavingToWait(() -> Optional.of(progress.awaitPast(position, FRESH)))
                                .orElse(false));
        if (!there) {
            throw new ReadModelUnavailableException();
        }
    }

    private static CommandState.Submitted command(CommandState state) {
        return state.submitted().orElseThrow(CommandReads::notFound);
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(new CommandId(id).value()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(HttpStatus.NOT_FOUND, "command.not_found", "Not Found", "There is no such command");
    }
}
