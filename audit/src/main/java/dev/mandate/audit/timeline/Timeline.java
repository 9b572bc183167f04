package dev.mandate.audit.timeline;

import dev.mandate.audit.log.Extent;
import dev.mandate.audit.log.Log;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.quarantine.QuarantineReader;
import dev.mandate.contracts.quarantine.ReceivedQuarantine;
import dev.mandate.contracts.resolution.ResolutionReader;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.Target;
import dev.mandate.contracts.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Who asked for what, when and why, and what came of it.
 *
 * @param seenAt up to when
 * @param entries oldest first
 * @param untrusted how many records were left out because their signatures or places don't hold
 */
public record Timeline(Instant seenAt, List<Entry> entries, long untrusted) {

    /** Copies the list. */
    public Timeline {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a log.
     *
     * @param log read once, not closed
     * @param ring everybody's public keys: what they don't verify is left out, and counted
     * @param progress told now and then how many records have been read
     * @throws dev.mandate.audit.log.LogUnreadableException when the log can't be read to its end
     */
    public static Timeline of(Log log, KeyRing ring, String environment, Query query, LongConsumer progress) {
        var collector = new Collector(log.extent(), new Verifier(ring), environment, query, progress);
        log.read(collector);
        return collector.finish();
    }

    private static final class Collector implements Log.Reader {

        private final Catalogue catalogue = Catalogue.bundled();
        private final Extent extent;
        private final CommandReader commands;
        private final JournalReader journal;
        private final QuarantineReader quarantine;
        private final Settlements settlements;
        private final Query query;
        private final LongConsumer progress;
        private final Map<Position, Entry> entries = new HashMap<>();
        // What was said of a command before the command itself turned up, which brokers' clocks allow for a moment.
        private final Map<Position, List<UnaryOperator<Entry>>> early = new HashMap<>();
        private final Map<String, Long> passed = new HashMap<>();
        private int number;
        private long records;
        private long untrusted;

        Collector(Extent extent, Verifier verifier, String environment, Query query, LongConsumer progress) {
            this.extent = extent;
            this.commands = new CommandReader(verifier, environment);
            this.journal = new JournalReader(verifier, environment);
            this.quarantine = new QuarantineReader(verifier, environment);
            this.settlements = new Settlements(new ResolutionReader(verifier, environment));
            this.query = query;
            this.progress = progress;
        }

        @Override
        public void suspect(String place, String reason) {
            untrusted++;
        }

        @Override
        public void record(LogRecord record) {
            progress.accept(++records);
            if (record.position().partition() != number) {
                number = record.position().partition();
                early.clear();
                passed.clear();
            }
            passed.put(record.position().topic(), record.position().offset());
            try {
                switch (record.position().topic()) {
                    case Topics.COMMANDS, Topics.COMMANDS_BULK -> command(commands.read(record));
                    case Topics.RESULTS -> statement(journal.read(record));
                    case Topics.QUARANTINE -> quarantined(quarantine.read(record));
                    case Topics.CONTROL -> settlements.control(record);
                    default -> {}
                }
            } catch (RejectedException e) {
                untrusted++;
            }
        }

        private void command(ReceivedCommand received) {
            List<UnaryOperator<Entry>> said = early.remove(received.position());
            Command command = received.command();
            Optional<Action> action = catalogue.find(command.context().action());
            List<Target> affected = new ArrayList<>(List.of(command.context().target()));
            action.ifPresent(
                    entry -> affected.addAll(entry.targets(command.context().arguments())));
            if (!query.asksFor(command, affected)) {
                return;
            }
            Entry entry = new Entry(
                    command.id(),
                    received.position(),
                    received.appendedAt(),
                    command.context().tenant(),
                    command.subject(),
                    command.requester().organization(),
                    command.clientId(),
                    command.context().action(),
                    command.context().target(),
                    Entry.names(command.context().arguments().path(Action.BODY)),
                    command.context().reason(),
                    Entry.Result.WAITING,
                    Optional.empty());
            for (UnaryOperator<Entry> change : said == null ? List.<UnaryOperator<Entry>>of() : said) {
                entry = change.apply(entry);
            }
            entries.put(received.position(), entry);
        }

        private void statement(ReceivedStatement received) {
            JournalEvent event = received.statement().event();
            CommandReference about = event.command();
            change(
                    new Position(about.topic(), about.partition(), about.offset()),
                    entry -> entry.command().equals(about.id())
                            ? entry.with(result(event, received.statement().occurredAt()))
                            : entry);
        }

        private static Entry.Result result(JournalEvent event, Instant at) {
            return switch (event) {
                case Started started ->
                    new Entry.Result(
                            "started",
                            Optional.empty(),
                            started.attempt(),
                            Optional.empty(),
                            Optional.empty(),
                            started.step()
                                    .map(step -> steps(step, started.attempt()))
                                    .orElse(List.of()));
                case Outcome outcome ->
                    new Entry.Result(
                            outcome.status().name().toLowerCase(Locale.ROOT),
                            Optional.of(at),
                            outcome.attempt(),
                            outcome.upstream().flatMap(Upstream::status),
                            outcome.error().map(OutcomeError::code),
                            steps(outcome.steps().orElse(List.of())));
                case Repeat repeat -> Entry.Result.of(repeat.kind().name().toLowerCase(Locale.ROOT));
            };
        }

        private static List<Entry.Step> steps(StepStarted step, int attempt) {
            return Stream.concat(
                            steps(step.before()).stream(),
                            Stream.of(new Entry.Step(
                                    step.action(), "started", attempt, Optional.empty(), Optional.empty())))
                    .toList();
        }

        private static List<Entry.Step> steps(List<StepOutcome> lines) {
            return lines.stream()
                    .map(line -> new Entry.Step(
                            line.action(),
                            line.status().name().toLowerCase(Locale.ROOT),
                            line.attempt(),
                            line.upstream().flatMap(Upstream::status),
                            line.error().map(OutcomeError::code)))
                    .toList();
        }

        private void quarantined(ReceivedQuarantine received) {
            change(
                    received.statement().origin(),
                    entry -> entry.with(new Entry.Result(
                            "not believed",
                            Optional.of(received.appendedAt()),
                            0,
                            Optional.empty(),
                            Optional.of(received.statement().reason()),
                            List.of())));
        }

        private void change(Position position, UnaryOperator<Entry> change) {
            boolean known = entries.computeIfPresent(position, (key, entry) -> change.apply(entry)) != null;
            if (!known && position.offset() > passed.getOrDefault(position.topic(), -1L)) {
                early.computeIfAbsent(position, key -> new ArrayList<>()).add(change);
            }
        }

        Timeline finish() {
            List<Entry> sorted = entries.values().stream()
                    .map(settlements::settle)
                    .sorted(Comparator.comparing(Entry::at)
                            .thenComparing(entry -> entry.position().partition())
                            .thenComparing(entry -> entry.position().offset()))
                    .toList();
            return new Timeline(extent.seenAt(), sorted, untrusted);
        }
    }
}
