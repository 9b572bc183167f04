package dev.mandate.sandbox.demo;

import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.client.Ask;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.evidence.Evidence;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.tenant.Tenant;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the steps of a story share: the sandbox, everybody's tokens, and what can be found out about it. */
public final class Stage implements AutoCloseable {

    /** How long to wait for what should come soon. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sandbox sandbox;
    private final Frontend frontend;
    private final Evidence evidence;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    /** A stage on this sandbox. */
    public Stage(Sandbox sandbox) {
        this(sandbox, sandbox.api().url());
    }

    /** A stage on this sandbox, with an API that is elsewhere. */
    Stage(Sandbox sandbox, URI api) {
        this.sandbox = sandbox;
        this.frontend = new Frontend(api, sandbox.simulator().issuer());
        this.evidence = new Evidence(sandbox);
    }

    /** What it is played on. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** A client of the API that is always there. */
    public Frontend frontend() {
        return frontend;
    }

    /** What the topics hold. */
    public Evidence evidence() {
        return evidence;
    }

    /** The tenant's state. */
    public Tenant tenant() {
        return sandbox.simulator().tenant();
    }

    /** Somebody's access token, got by logging in once. */
    public String token(String login) {
        return tokens.computeIfAbsent(
                login, name -> frontend.login(sandbox.people().named(name)));
    }

    /** Asks in somebody's name and waits for the outcome. */
    public Answer ask(String login, Ask ask) {
        return frontend.ask(token(login), ask, PATIENCE);
    }

    /** Asks in somebody's name and does not wait. */
    public Answer submit(String login, Ask ask) {
        return frontend.ask(token(login), ask, Duration.ZERO);
    }

    /** Waits for the outcome of what was accepted. */
    public Answer outcome(String login, Answer accepted) {
        return frontend.follow(token(login), accepted, PATIENCE);
    }

    /** What the tenant was asked at the Management API on behalf of a command. */
    public List<SeenRequest> callsFor(String commandId) {
        return sandbox.simulator().journal().all().stream()
                .filter(request ->
                        request.correlationId().filter(commandId::equals).isPresent())
                .toList();
    }

    /** What the tenant was asked since the request of this number, at this path. */
    public List<SeenRequest> callsSince(long number, String path) {
        return sandbox.simulator().journal().after(number).stream()
                .filter(request -> request.decodedPath().equals(path))
                .toList();
    }

    /** The number of the latest request that the tenant saw. */
    public long latestCall() {
        return sandbox.simulator().journal().all().stream()
                .mapToLong(SeenRequest::number)
                .max()
                .orElse(0);
    }

    /** How many times the tenant was asked to change something. */
    public int writes() {
        return sandbox.simulator().journal().managementWrites().size();
    }

    @Override
    public void close() {
        frontend.close();
    }
}
