package dev.mandate.audit;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.policy.RequesterFacts;
import dev.mandate.contracts.policy.Standing;
import dev.mandate.contracts.policy.TenantFacts;
import dev.mandate.contracts.resolution.OutcomeReference;
import dev.mandate.contracts.resolution.Resolution;
import dev.mandate.contracts.resolution.ResolutionPolicy;
import dev.mandate.contracts.resolution.ResolutionWriter;
import dev.mandate.contracts.resolution.Verdict;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What the intake signs when somebody settles an unknown outcome in a {@link World}. */
public final class TestResolutions {

    public static final String RESOLVER = "auth0|rosa";
    public static final List<String> PERMISSIONS = List.of(Resolution.PERMISSION, "update:users");

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final ResolutionPolicy POLICY = new ResolutionPolicy(new DefaultPolicy());

    private final World world;
    private LogRecord outcome;

    public TestResolutions(World world) {
        this.world = world;
    }

    /** The command was begun, and the answer was lost. */
    public LogRecord lost(ReceivedCommand received) {
        world.started(received, 1);
        outcome = world.journal(
                received,
                world.outcome(received, OutcomeStatus.UNKNOWN, 1, Optional.of(world.decide(received.command()))));
        return outcome;
    }

    /** The last that was lost. */
    public LogRecord outcome() {
        return outcome;
    }

    /** Somebody who may settles it. */
    public LogRecord settled(ReceivedCommand received, LogRecord lost, Verdict verdict) {
        return world.append(sign(draft(received, lost, verdict, RESOLVER, PERMISSIONS)));
    }

    /** What somebody with these permissions would say next, decided as the intake would. */
    public Resolution draft(
            ReceivedCommand received, LogRecord lost, Verdict verdict, String subject, List<String> permissions) {
        return draft(received, lost, verdict, subject, TestCommands.requester(World.PERSON_ISSUER, permissions));
    }

    public Resolution draft(
            ReceivedCommand received, LogRecord lost, Verdict verdict, String subject, Requester resolver) {
        return new Resolution(
                TestCommands.ISSUER,
                Resolution.audience(TestCommands.ENVIRONMENT),
                new CommandIds(Clock.systemUTC(), new SecureRandom()).next(),
                world.now(),
                subject,
                Optional.of("console"),
                received.reference(),
                OutcomeReference.to(lost.position(), hash(lost)),
                verdict,
                "Seen",
                resolver,
                Authorization.of(
                        decide(received.command(), subject, resolver), CATALOGUE, world.now(), Optional.empty()),
                world.chain(),
                bind(received.command().id().value()));
    }

    /** The intake's decision; where that would be no, what an intake that does not ask would sign. */
    private static Decision decide(Command command, String subject, Requester resolver) {
        Action action = CATALOGUE.find(command.context().action()).orElseThrow();
        var facts = new RequesterFacts(
                resolver.issuer(),
                subject,
                resolver.organization(),
                resolver.permissions(),
                resolver.roles(),
                resolver.application(),
                Standing.UNVERIFIED);
        Decision decision = POLICY.decide(
                action,
                command,
                facts,
                new TenantFacts(TestCommands.TENANT, List.of(World.PERSON_ISSUER), resolver.application()));
        return decision.denied()
                ? new Decision(Effect.ALLOW, decision.policy(), decision.rules(), Optional.empty())
                : decision;
    }

    public static Bind bind(String id) {
        return new Bind(Topics.CONTROL, Partitioning.partition(id, TestCommands.PARTITIONS), id);
    }

    /** Signs and numbers, without appending. */
    public OutgoingRecord sign(Resolution resolution) {
        return world.numbered(resolution.chain(), write(resolution, world.keys().intakeSigner()));
    }

    public OutgoingRecord write(Resolution resolution, Signer signer) {
        return new ResolutionWriter(signer).write(resolution);
    }

    private static String hash(LogRecord record) {
        String[] parts = new String(record.value(), java.nio.charset.StandardCharsets.US_ASCII).split("\\.");
        return Hashes.sha256(java.util.Base64.getUrlDecoder().decode(parts[1]));
    }
}
