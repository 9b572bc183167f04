package dev.mandate.sandbox.demo;

import dev.mandate.sandbox.People;
import dev.mandate.sandbox.Person;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.client.Ask;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.evidence.Evidence;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.tenant.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the steps of the story share: the sandbox, everybody's tokens, and what can be found out about it. */
final class Stage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sandbox sandbox;
    private final Frontend frontend;
    private final Evidence evidence;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    Stage(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.frontend = new Frontend(sandbox.api().url(), sandbox.simulator().issuer());
        this.evidence = new Evidence(sandbox);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Frontend frontend() {
        return frontend;
    }

    Evidence evidence() {
        return evidence;
    }

    Tenant tenant() {
        return sandbox.simulator().tenant();
    }

    Person person(String login) {
        return sandbox.people().named(login);
    }

    People people() {
        return sandbox.people();
    }

    /** Somebody's access token, got by logging in once. */
    String token(String login) {
        return tokens.computeIfAbsent(login, name -> frontend.login(person(name)));
    }

    /** Asks in somebody's name and waits for the outcome. */
    Answer ask(String login, Ask ask) {
        return frontend.ask(token(login), ask, PATIENCE);
    }

    /** Asks in somebody's name and does not wait. */
    Answer submit(String login, Ask ask) {
        return frontend.ask(token(login), ask, Duration.ZERO);
    }

    /** Waits for the outcome of what was accepted. */
    Answer outcome(String login, Answer accepted) {
        return frontend.follow(token(login), accepted, PATIENCE);
    }

    /** What the tenant was asked at the Management API on behalf of a command. */
    List<SeenRequest> callsFor(String commandId) {
        return sandbox.simulator().journal().all().stream()
                .filter(request ->
                        request.correlationId().filter(commandId::equals).isPresent())
                .toList();
    }

    /** What the tenant was asked since the request of this number, at this path. */
    List<SeenRequest> callsSince(long number, String path) {
        return sandbox.simulator().journal().after(number).stream()
                .filter(request -> request.decodedPath().equals(path))
                .toList();
    }

    /** The number of the latest request that the tenant saw. */
    long latestCall() {
        return sandbox.simulator().journal().all().stream()
                .mapToLong(SeenRequest::number)
                .max()
                .orElse(0);
    }

    /** How many times the tenant was asked to change something. */
    int writes() {
        return sandbox.simulator().journal().managementWrites().size();
    }

    @Override
    public void close() {
        frontend.close();
    }
}
