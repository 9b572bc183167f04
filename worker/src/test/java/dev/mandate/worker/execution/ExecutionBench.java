package dev.mandate.worker.execution;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.SecretArguments;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.sealing.Opener;
import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.sealing.UnsealException;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.worker.auth0.Directory;
import dev.mandate.worker.auth0.Tenant;
import dev.mandate.worker.auth0.Tenants;
import dev.mandate.worker.limits.Family;
import dev.mandate.worker.limits.TenantGates;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.settings.AuthorizationSettings;
import dev.mandate.worker.settings.ConsumptionSettings;
import dev.mandate.worker.settings.CredentialSettings;
import dev.mandate.worker.settings.ExecutionSettings;
import dev.mandate.worker.settings.IssuerSettings;
import dev.mandate.worker.settings.KeySettings;
import dev.mandate.worker.settings.TenantSettings;
import dev.mandate.worker.settings.WorkerSettings;
import dev.mandate.worker.verification.Request;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * The worker's half that talks to Auth0, put together as in production, with two tenants that are stand-ins. It keeps
 * its keys in a directory of its own, which goes away when it is closed.
 */
final class ExecutionBench implements AutoCloseable {

    static final String TENANT = TestCommands.TENANT;
    static final String OTHER_TENANT = "other";
    static final int MAX_RESPONSE = 64 * 1024;

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final String ISSUER = "https://people.example/";

    private final Path directory;
    private final TestKeys keys;
    private final Sealer toWorker;
    private final Opener opener;
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T08:00:00Z"));
    private final StandIn auth0;
    private final StandIn otherAuth0;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    ExecutionBench() {
        Path secret;
        try {
            directory = Files.createTempDirectory("execution-bench");
            secret = Files.writeString(directory.resolve("client-secret"), "the-workers-client-secret");
            auth0 = new StandIn();
            otherAuth0 = new StandIn();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys = TestKeys.in(directory, clock);
        toWorker = keys.sealerTo("worker");
        opener = keys.workerOpener();
        var settings = new WorkerSettings(
                TestCommands.ENVIRONMENT,
                "worker-1",
                "https://mandate.example/worker",
                "https://mandate.example/api",
                "https://mandate.example/roles",
                List.of(new IssuerSettings(ISSUER, TENANT)),
                Map.of(TENANT, tenant(auth0, secret), OTHER_TENANT, tenant(otherAuth0, secret)),
                new KeySettings(keys.ring(), keys.workerSigning(), keys.workerSealing()),
                new ConsumptionSettings(
                        100, 100, 4, Duration.ofSeconds(1), Duration.ofHours(24), Duration.ofMinutes(1)),
                new ExecutionSettings(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        DataSize.ofBytes(MAX_RESPONSE),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofSeconds(30)),
                new AuthorizationSettings(Duration.ZERO));
        context.registerBean(WorkerSettings.class, () -> settings);
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.scan(Tenant.class.getPackageName(), Execution.class.getPackageName(), Family.class.getPackageName());
        context.refresh();
    }

    private static TenantSettings tenant(StandIn auth0, Path secret) {
        return new TenantSettings(
                auth0.url(),
                auth0.url() + "/api/v2/",
                List.of(ISSUER),
                false,
                TenantSettings.WiderScope.REFUSED,
                List.of(new CredentialSettings("worker", secret, null, Set.of())));
    }

    TestKeys keys() {
        return keys;
    }

    MovableClock clock() {
        return clock;
    }

    /** In the place of {@link #TENANT}. */
    StandIn auth0() {
        return auth0;
    }

    /** In the place of {@link #OTHER_TENANT}. */
    StandIn otherAuth0() {
        return otherAuth0;
    }

    Execution execution() {
        return context.getBean(Execution.class);
    }

    /** One attempt, whether or not an earlier one may have done it. */
    AttemptResult attempt(Request request, int attempt, boolean doubtBefore) throws InterruptedException {
        return execution().attempt(request, new Attempt(attempt, doubtBefore, false), () -> true);
    }

    LogEvidence evidence() {
        return context.getBean(LogEvidence.class);
    }

    Directory directory() {
        return context.getBean(Directory.class);
    }

    TenantGates gates() {
        return context.getBean(TenantGates.class);
    }

    MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    Tenant tenant(String alias) {
        return context.getBean(Tenants.class).find(alias).orElseThrow();
    }

    /**
     * A command as its verification would hand it on, whose secrets have been through the log: sealed by the intake,
     * signed so, and opened again.
     */
    Request sealedRequest(String action, ObjectNode arguments) {
        Action entry = CATALOGUE.find(action).orElseThrow();
        Command command = command(action, arguments.toString());
        Transaction t = command.context();
        ObjectNode sealed = SecretArguments.seal(entry, command.id(), arguments, toWorker);
        Command signed = Commands.context(
                command,
                new Transaction(
                        t.tenant(),
                        t.action(),
                        t.target(),
                        sealed,
                        t.reason(),
                        t.lane(),
                        t.idempotencyKey(),
                        t.requestHash()));
        try {
            return request(TENANT, signed, entry, SecretArguments.open(entry, command.id(), sealed, opener));
        } catch (UnsealException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A command that nobody has sent. */
    Command command(String action, String arguments) {
        return TestCommands.command(action, arguments, TestCommands.requester(ISSUER, List.of()), clock);
    }

    /** What its verification would hand on. */
    Request request(String tenant, Command command) {
        return request(
                tenant, command, CATALOGUE.find(command.context().action()).orElseThrow(), Map.of());
    }

    private Request request(String tenant, Command command, Action action, Map<JsonPointer, byte[]> secrets) {
        byte[] payload = StrictJson.write(command);
        return new Request(
                new ReceivedCommand(
                        command,
                        payload,
                        Hashes.sha256(payload),
                        keys.intakeKey().kid(),
                        new LogRecord.Position(
                                command.bind().topic(), command.bind().partition(), 0),
                        clock.instant()),
                Commands.claims(command),
                tenant(tenant),
                action,
                secrets);
    }

    @Override
    public void close() {
        context.close();
        auth0.close();
        otherAuth0.close();
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
