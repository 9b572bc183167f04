package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The table of actions. It is a resource made out of Auth0's description of its API and our review of it
 * ({@code contracts/src/catalogue}); nothing about a single action is in code. What is not in the table can't be
 * commanded.
 */
public final class Catalogue {

    private static final String RESOURCE = "catalogue.json";

    private final Map<String, Action> actions;
    private final ArgumentSchemas schemas;
    private final String hash;

    private record Table(
            @JsonProperty(value = "actions", required = true)
            List<Action> actions,

            @JsonProperty(value = "schemas", required = true)
            ObjectNode schemas) {}

    private Catalogue(Table table, String hash) {
        var byName = new TreeMap<String, Action>();
        table.actions.forEach(action -> byName.put(action.name(), action));
        this.actions = Collections.unmodifiableMap(byName);
        this.schemas = new ArgumentSchemas(table.schemas);
        this.hash = hash;
    }

    /** The table that comes with this version. */
    public static Catalogue bundled() {
        try (InputStream resource = Catalogue.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The jar lacks " + RESOURCE);
            }
            return read(resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Catalogue read(byte[] table) {
        return new Catalogue(StrictJson.read(table, Table.class), Hashes.sha256(table));
    }

    /**
     * The hash of the table's bytes, {@code sha-256:…}: what an action needs, affects and comes down to hangs on it.
     */
    public String hash() {
        return hash;
    }

    /** All actions, by name: the operations of Auth0's API, and the macros. */
    public Collection<Action> actions() {
        return actions.values();
    }

    /** The operations of Auth0's API, by name. */
    public List<Action> operations() {
        return actions.values().stream().filter(action -> !action.isMacro()).toList();
    }

    /**
     * What an action comes down to, in the order in which it is done: a plain operation to itself, a macro to its
     * steps. The arguments must be valid; those of the steps then are too.
     */
    public List<Operation> operations(Action action, ObjectNode arguments) {
        return action.isMacro()
                ? action.steps().stream()
                        .map(step -> new Operation(known(step.action()), step.filled(arguments)))
                        .toList()
                : List.of(new Operation(action, arguments));
    }

    private Action known(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("The catalogue lacks " + name));
    }

    /** The action of exactly this name. */
    public Optional<Action> find(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    /** The JSON Schema (2020-12) of an action's arguments, complete in itself. */
    public ObjectNode schema(Action action) {
        return schemas.document(action);
    }

    /**
     * Checks arguments against the action's schema, and the ids in them for safety. Secrets must be in the clear.
     *
     * @return what is wrong, empty if nothing is
     */
    public List<Problem> validate(Action action, ObjectNode arguments) {
        return schemas.validate(action, arguments);
    }
}
