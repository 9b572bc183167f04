package dev.mandate.sandbox.chaos;

import dev.mandate.audit.command.AuditCommand;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Target;
import dev.mandate.sandbox.Names;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.evidence.Evidence;
import dev.mandate.simulator.journal.SeenRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds out what happened: from the topics, as the auditor; from the tenant's own journal; from its documents. */
final class Observer {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final String MANAGEMENT_API = "/api/v2";

    private final Sandbox sandbox;
    private final Evidence evidence;

    Observer(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.evidence = new Evidence(sandbox);
    }

    History observe(List<History.Promise> promises) {
        return new History(promises, commands(), outcomes(), calls(), markers(), audit());
    }

    /** How many commands in the log have no outcome yet. */
    long open() {
        var ended = ended();
        return commands().stream()
                .filter(command -> !ended.contains(command.id()))
                .count();
    }

    /** The commands that have an outcome. */
    Set<String> ended() {
        return outcomes().stream().map(History.Ended::id).collect(Collectors.toSet());
    }

    private List<History.Asked> commands() {
        return List.copyOf(evidence.commands().stream()
                .map(Observer::asked)
                .collect(Collectors.toMap(History.Asked::id, asked -> asked, (first, _) -> first, LinkedHashMap::new))
                .values());
    }

    private static History.Asked asked(Evidence.Found found) {
        var command = found.command().command();
        var action = CATALOGUE.find(command.context().action()).orElseThrow();
        return new History.Asked(
                command.id().value(),
                found.record().position(),
                command.bind().key(),
                request(action, command.context().arguments()),
                action.repeat(),
                command.context().idempotencyKey(),
                marker(command.context().arguments().path(Action.BODY)));
    }

    private static History.Request request(Action action, ObjectNode arguments) {
        var path = action.path();
        for (var parameter : action.pathParameters()) {
            path = path.replace(
                    "{" + parameter.name() + "}",
                    arguments.path(parameter.name()).asString());
        }
        return new History.Request(action.method(), path, open(action, arguments.path(Action.BODY)));
    }

    /** A body without its secrets, which are sealed in the log and open at the tenant. */
    private static JsonNode open(Action action, JsonNode body) {
        if (!body.isObject()) {
            return body;
        }
        var arguments = StrictJson.object();
        arguments.set(Action.BODY, body.deepCopy());
        action.secretsIn(arguments)
                .forEach(secret -> ((ObjectNode) arguments.at(secret.head()))
                        .remove(secret.last().getMatchingProperty()));
        return arguments.path(Action.BODY);
    }

    private List<History.Ended> outcomes() {
        return evidence.journal().stream()
                .filter(Outcome.class::isInstance)
                .map(Outcome.class::cast)
                .map(outcome -> new History.Ended(outcome.command().id().value(), outcome.status()))
                .toList();
    }

    private List<History.Call> calls() {
        Map<String, Action> actions = evidence.commands().stream()
                .map(found -> found.command().command())
                .collect(Collectors.toMap(
                        command -> command.id().value(),
                        command -> CATALOGUE.find(command.context().action()).orElseThrow(),
                        (first, _) -> first));
        return sandbox.simulator().journal().managementWrites().stream()
                .map(seen -> call(seen, seen.correlationId().flatMap(id -> Optional.ofNullable(actions.get(id)))))
                .toList();
    }

    private static History.Call call(SeenRequest seen, Optional<Action> action) {
        var body = seen.body().length == 0 ? StrictJson.object().path("none") : StrictJson.parse(seen.body());
        var request = new History.Request(
                seen.method(),
                seen.decodedPath().substring(MANAGEMENT_API.length()),
                action.map(known -> open(known, body)).orElse(body));
        return new History.Call(
                seen.number(), seen.correlationId(), request, seen.at(), seen.decidedAt(), seen.status());
    }

    /** Who was created by a command is known by the address, which is what it was keyed by. */
    private Map<String, String> markers() {
        return sandbox.simulator().tenant().users().all().stream()
                .filter(user -> marker(user).isPresent())
                .collect(Collectors.toMap(
                        user -> target(user).key(Names.TENANT),
                        user -> marker(user).orElseThrow()));
    }

    private static Target target(JsonNode user) {
        var email = user.path("email").asString("");
        return email.startsWith(Wishes.CREATED)
                ? new Target("users", email)
                : new Target("user", user.path("user_id").asString());
    }

    private static Optional<String> marker(JsonNode document) {
        return document.path("user_metadata").path("marker").asStringOpt();
    }

    private History.Audit audit() {
        var output = new ByteArrayOutputStream();
        int status;
        try (var out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            status = AuditCommand.run(
                    out,
                    out,
                    false,
                    "verify",
                    "--kafka",
                    sandbox.auditorsSettings().toString(),
                    "--ring",
                    sandbox.keys().ring().toString());
        }
        return History.Audit.of(status, output.toString(StandardCharsets.UTF_8));
    }
}
