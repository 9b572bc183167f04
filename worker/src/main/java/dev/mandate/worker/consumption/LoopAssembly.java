package dev.mandate.worker.consumption;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.journal.JournalWriter;
import dev.mandate.contracts.quarantine.QuarantineWriter;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.KeySigner;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.worker.authorization.LiveAuthorization;
import dev.mandate.worker.execution.Backoff;
import dev.mandate.worker.execution.Execution;
import dev.mandate.worker.execution.LogEvidence;
import dev.mandate.worker.journal.Journal;
import dev.mandate.worker.journal.PublishedSigner;
import dev.mandate.worker.limits.TenantGates;
import dev.mandate.worker.settings.WorkerSettings;
import dev.mandate.worker.verification.Verification;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a loop together. Its parts know one another only by what they call: an ending takes up the next job, which is
 * prepared, which starts a call, which ends.
 */
final class LoopAssembly {

    private final WorkerSettings settings;
    private final KafkaClients clients;
    private final KeyRing ring;
    private final Catalogue catalogue;
    private final Verification verification;
    private final LiveAuthorization authorization;
    private final Execution execution;
    private final LogEvidence evidence;
    private final TenantGates gates;
    private final Backoff backoff;
    private final ConsumptionMetrics metrics;
    private final Guards guards;
    private final CancellationFollower follower;
    private final Clock clock;
    private @Nullable Calls calls;
    private @Nullable Preparation preparation;
    private @Nullable ConsumptionLoop loop;

    LoopAssembly(
            WorkerSettings settings,
            KafkaClients clients,
            KeyRing ring,
            Catalogue catalogue,
            Verification verification,
            LiveAuthorization authorization,
            Execution execution,
            LogEvidence evidence,
            TenantGates gates,
            Backoff backoff,
            ConsumptionMetrics metrics,
            Guards guards,
            CancellationFollower follower,
            Clock clock) {
        this.settings = settings;
        this.clients = clients;
        this.ring = ring;
        this.catalogue = catalogue;
        this.verification = verification;
        this.authorization = authorization;
        this.execution = execution;
        this.evidence = evidence;
        this.gates = gates;
        this.backoff = backoff;
        this.metrics = metrics;
        this.guards = guards;
        this.follower = follower;
        this.clock = clock;
    }

    ConsumptionLoop assemble() {
        var verifier = new Verifier(ring);
        var commands = new CommandReader(verifier, settings.environment());
        var journal = journal();
        var remembered = settings.consumption().longestLifetime();
        var reader = new JournalReader(verifier, settings.environment());
        var recovery = new Recovery(clients, new Unsettled(clients, Unsettled.APART, clock), reader, remembered, clock);
        var lookUp = new LookUp(clients, commands, reader, clock);
        var window = guards.window(settings);
        var ledger = guards.ledger(new Appender(() -> guards.producer(clients), clock));
        Map<String, Places.Tolls> tolls = new HashMap<>();
        settings.tenants().keySet().forEach(tenant -> tolls.put(tenant, gates.of(tenant)::take));
        var workshop = new Workshop(tolls, settings.consumption().concurrency(), clock, () -> loop().wakeUp());
        var steps = new Steps(catalogue);
        var starts = new Starts(journal, steps, ledger);
        var endings = new Endings(
                journal,
                starts,
                steps,
                ledger,
                new Doubts(
                        evidence::look,
                        workshop,
                        metrics,
                        (job, call) -> calls().proven(job, call),
                        settings.execution().findOutWithin(),
                        clock),
                metrics,
                clock,
                job -> preparation().takeUp(job));
        calls = new Calls(
                execution,
                authorization,
                starts,
                steps,
                workshop,
                endings,
                job -> preparation().decide(job),
                job -> follower.cancellations().of(job).isPresent(),
                window,
                clock);
        Consumer<byte[], byte[]> consumer = clients.consumer();
        preparation = new Preparation(
                verification::check,
                new Decider(authorization, execution)::decide,
                new Recall(lookUp::requestHash, lookUp::spokenOf, workshop, endings::repeated, window, clock),
                follower.cancellations()::of,
                workshop,
                endings,
                backoff,
                calls()::start,
                calls()::resume,
                clock);
        var assignment = new Assignment(
                consumer,
                ledger,
                workshop,
                numbers -> {
                    follower.catchUp();
                    return guards.read(recovery, numbers);
                },
                new History(recovery::hear, workshop),
                calls()::keep,
                settings.consumption().drain(),
                clock);
        var flow = new FlowControl(
                consumer, settings.consumption(), settings.tenants().size());
        loop = new ConsumptionLoop(
                new ConsumptionLoop.Parts(
                        consumer, commands, ledger, workshop, assignment, flow, preparation(), endings, gates, metrics),
                remembered,
                clock);
        return loop;
    }

    private Journal journal() {
        var signer = new PublishedSigner(
                new KeySigner(settings.keys().signing(), clock),
                ring,
                clock,
                EnumSet.of(StatementType.JOURNAL, StatementType.QUARANTINE));
        return new Journal(
                new JournalWriter(signer),
                new QuarantineWriter(signer),
                new CommandIds(clock, new SecureRandom()),
                clock,
                settings.issuer(),
                settings.environment(),
                settings.instance() + "/" + clock.millis());
    }

    private Calls calls() {
        return Objects.requireNonNull(calls, "assembled before it is used");
    }

    private Preparation preparation() {
        return Objects.requireNonNull(preparation, "assembled before it is used");
    }

    private ConsumptionLoop loop() {
        return Objects.requireNonNull(loop, "assembled before it is used");
    }
}
