package dev.mandate.sandbox.everyaction;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.ExampleArguments;
import dev.mandate.contracts.action.PointerPattern;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.Names;
import dev.mandate.simulator.collection.Stock;
import dev.mandate.simulator.tenant.Users;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Arguments for every action out of its schema: what is required, all fields, and as many variants of those as it takes
 * to have each secret argument in one of them. A word stands in every secret, and another in what is not secret.
 */
final class Requests {

    /** The first request with all fields. */
    private static final int FIRST = 1;

    private final Catalogue catalogue;
    private final Stock stock;
    private final Words secrets;
    private final Words others;
    private final Map<String, String> exist;
    private final Map<String, List<ObjectNode>> full = new ConcurrentHashMap<>();

    Requests(Catalogue catalogue, Stock stock, Words secrets, Words others) {
        this.catalogue = catalogue;
        this.stock = stock;
        this.secrets = secrets;
        this.others = others;
        this.exist = Map.ofEntries(
                Map.entry("roles", stock.id("/roles")),
                Map.entry("role_id", stock.id("/roles")),
                Map.entry("users", stock.id("/users")),
                Map.entry("members", stock.id("/users")),
                Map.entry("user_id", stock.id("/users")),
                Map.entry("groups", stock.id("/groups")),
                Map.entry("client_id", stock.id("/clients")),
                Map.entry("connection_id", stock.id("/connections")),
                Map.entry("grant_id", stock.id("/client-grants")),
                Map.entry("connection", Users.CONNECTION),
                Map.entry("resource_server_identifier", Names.AUDIENCE),
                Map.entry("permission_name", "read:users"),
                Map.entry("q", "name:\"nobody\""),
                Map.entry("sort", "name:1"),
                Map.entry("search", "type:\"sapi\""),
                // The first page.
                Map.entry("from", ""));
    }

    /** How many different requests there are for an action. */
    int count(Action action) {
        return 1 + full(action).size();
    }

    /**
     * One of them, with these path parameters.
     *
     * @param number from 0; 0 is the one that has only what is required
     */
    ObjectNode get(Action action, int number, Map<String, String> path) {
        ObjectNode arguments = number == 0
                ? ExampleArguments.required(catalogue.schema(action), strings(action))
                : full(action).get(number - 1).deepCopy();
        arguments = renamed(arguments, other(action, FIRST), other(action, number));
        path.forEach(arguments::put);
        return eitherOr(action, number, arguments);
    }

    /** What a schema does not say: that some members go only together, or not, and that some can't be left out. */
    private ObjectNode eitherOr(Action action, int number, ObjectNode arguments) {
        switch (action.name()) {
            case "users.create" ->
                arguments
                        .withObjectProperty(Action.BODY)
                        .put("email", other(action, number) + "@words.example")
                        .put("password", word(action, PointerPattern.of("/body/password")));
            // Nobody is linked to themselves.
            case "users.identities.link" ->
                arguments.withObjectProperty(Action.BODY).put("user_id", "another" + number);
            case "tickets.changePassword" ->
                arguments
                        .withObjectProperty(Action.BODY)
                        .put("user_id", stock.id("/users"))
                        .remove(List.of("email", "connection_id"));
            case "refreshTokens.revoke" ->
                arguments
                        .withObjectProperty(Action.BODY)
                        .put("user_id", stock.id("/users"))
                        .put("client_id", stock.id("/clients"))
                        .remove("ids");
            case "guardian.policies.set" -> arguments.withArrayProperty(Action.BODY);
            default -> {}
        }
        return arguments;
    }

    /** Why it is asked for, in words of its own. */
    String reason(Action action, int number) {
        return "because of " + other(action, number);
    }

    /** The word for a secret argument. */
    String word(Action action, PointerPattern secret) {
        return secrets.at(action.name() + " argument " + secret);
    }

    /** The word for what is no secret in a request. */
    private String other(Action action, int number) {
        return others.at(action.name() + " " + number);
    }

    /** Requests are alike but for their words, which are of one length. */
    private static ObjectNode renamed(ObjectNode arguments, String from, String to) {
        var text = new String(StrictJson.write(arguments), StandardCharsets.UTF_8).replace(from, to);
        return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<ObjectNode> full(Action action) {
        return full.computeIfAbsent(action.name(), _ -> {
            ObjectNode schema = catalogue.schema(action);
            return action.secretArguments().isEmpty()
                    ? List.of(ExampleArguments.complete(schema, strings(action)))
                    : withEverySecret(action, ExampleArguments.variants(schema, strings(action)));
        });
    }

    private List<ObjectNode> withEverySecret(Action action, List<ObjectNode> variants) {
        var missing = new HashSet<>(action.secretArguments());
        var chosen = new ArrayList<ObjectNode>();
        for (ObjectNode example : variants) {
            boolean more = missing.removeIf(secret -> secret.in(example)
                    .anyMatch(place -> example.at(place).toString().contains(word(action, secret))));
            if (more || chosen.isEmpty()) {
                chosen.add(example);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(action.name() + " takes no word at " + missing);
        }
        return chosen;
    }

    private ExampleArguments.Strings strings(Action action) {
        return (at, schema) -> secret(action, at)
                .map(pattern -> padded(word(action, pattern), schema))
                .or(() -> known(at))
                .or(() -> Optional.of(inFormat(other(action, FIRST), schema)));
    }

    /** What exists is called by its name: the last one on the way there, of a list the list's. */
    private Optional<String> known(JsonPointer at) {
        JsonPointer named = at.last().getMatchingIndex() < 0 ? at : at.head();
        return Optional.ofNullable(exist.get(named.last().getMatchingProperty()));
    }

    private static String inFormat(String word, JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "email", "email-or-empty" -> word + "@words.example";
            case String format when format.contains("uri") || format.contains("url") -> "https://words.example/" + word;
            default -> word;
        };
    }

    private static String padded(String word, JsonNode schema) {
        int least = schema.path("minLength").intValue(0);
        return word.length() >= least
                ? word
                : word.repeat(least / word.length() + 1).substring(0, least);
    }

    /** The pattern of the secret that this place is, or lies within. */
    private static Optional<PointerPattern> secret(Action action, JsonPointer at) {
        List<String> steps = Stream.iterate(at, place -> !place.matches(), JsonPointer::tail)
                .map(JsonPointer::getMatchingProperty)
                .toList();
        return action.secretArguments().stream()
                .filter(secret -> secret.steps().size() <= steps.size()
                        && IntStream.range(0, secret.steps().size())
                                .allMatch(i -> secret.steps().get(i).equals("*")
                                        || secret.steps().get(i).equals(steps.get(i))))
                .findFirst();
    }
}
