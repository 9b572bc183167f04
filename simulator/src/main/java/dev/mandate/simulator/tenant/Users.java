package dev.mandate.simulator.tenant;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.Secret;
import dev.mandate.simulator.seed.SeedUser;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The people of a tenant. Passwords are kept apart from their documents, so that no answer can hold one. */
public final class Users {

    /** The one database connection. */
    public static final String CONNECTION = "Username-Password-Authentication";

    private final Clock clock;
    private final Documents documents = new Documents(Set.of("updated_at"));
    private final Map<String, Secret> passwords = new HashMap<>();
    private final Map<String, List<String>> amr = new HashMap<>();

    Users(Clock clock) {
        this.clock = clock;
    }

    Documents documents() {
        return documents;
    }

    synchronized void seed(SeedUser seed) {
        ObjectNode user = Json.object().put("user_id", seed.userId()).put("email", seed.email());
        user.put("email_verified", true).put("name", seed.name());
        user.put("nickname", seed.email().substring(0, seed.email().indexOf('@')));
        seed.username().ifPresent(username -> user.put("username", username));
        user.set("user_metadata", Json.MAPPER.valueToTree(seed.userMetadata()));
        user.set("app_metadata", Json.MAPPER.valueToTree(seed.appMetadata()));
        if (seed.blocked()) {
            user.put("blocked", true);
        }
        if (!add(user, seed.password())) {
            throw new IllegalArgumentException("Two users with the id " + seed.userId());
        }
        amr.put(seed.userId(), seed.amr());
    }

    /**
     * Adds a person, completing the document as Auth0 does.
     *
     * @param user at least {@code user_id}
     * @return false if the id is taken
     */
    public synchronized boolean add(ObjectNode user, Optional<Secret> password) {
        String id = user.path("user_id").asString();
        int bar = id.indexOf('|');
        ObjectNode identity = Json.object()
                .put("user_id", id.substring(bar + 1))
                .put("connection", CONNECTION)
                .put("provider", bar < 0 ? "auth0" : id.substring(0, bar))
                .put("isSocial", false);
        ObjectNode complete = user.deepCopy();
        String now = now();
        complete.put("created_at", now).put("updated_at", now);
        complete.set("identities", Json.MAPPER.createArrayNode().add(identity));
        boolean added = documents.add(id, complete);
        if (added) {
            password.ifPresent(secret -> passwords.put(id, secret));
        }
        return added;
    }

    /** A person's document. */
    public Optional<ObjectNode> find(String id) {
        return documents.find(id);
    }

    /** Everybody, oldest first. */
    public List<ObjectNode> all() {
        return documents.all();
    }

    /** Whether there is such a person. */
    public boolean has(String id) {
        return documents.has(id);
    }

    /** The person who logs in with this address or username. */
    public Optional<ObjectNode> findByLogin(String login) {
        return documents.first(user -> login.equalsIgnoreCase(user.path("email").asString(""))
                || login.equals(user.path("username").asString("")));
    }

    /** Changes a person's document, {@code updated_at} included. */
    public Optional<ObjectNode> update(String id, Consumer<ObjectNode> change) {
        return documents.update(id, user -> {
            change.accept(user);
            user.put("updated_at", now());
        });
    }

    /** Changes a person's document and sets the password, in one revision; as at Auth0, this lifts a block first. */
    public synchronized Optional<ObjectNode> update(String id, Consumer<ObjectNode> change, Secret password) {
        Optional<ObjectNode> updated = update(id, user -> {
            user.put("last_password_reset", now());
            user.remove("blocked");
            change.accept(user);
        });
        updated.ifPresent(_ -> passwords.put(id, password));
        return updated;
    }

    /** Blocks or unblocks a person, as somebody at Auth0's dashboard would. */
    public void block(String id, boolean blocked) {
        update(id, user -> user.put("blocked", blocked));
    }

    /** Whether an administrator has blocked the person. */
    public boolean isBlocked(String id) {
        return documents
                .find(id)
                .map(user -> user.path("blocked").asBoolean(false))
                .orElse(false);
    }

    /** Whether this is the person's password. */
    public synchronized boolean passwordMatches(String id, String presented) {
        Secret password = passwords.get(id);
        return password != null && password.matches(presented);
    }

    /** How a login of this person authenticates. */
    public synchronized List<String> amr(String id) {
        return amr.getOrDefault(id, List.of("pwd"));
    }

    /** How often the person's document has really changed, its creation included; 0 if there is no such person. */
    public int revision(String id) {
        return documents.revision(id);
    }

    synchronized boolean remove(String id) {
        passwords.remove(id);
        amr.remove(id);
        return documents.remove(id);
    }

    synchronized void clear() {
        documents.clear();
        passwords.clear();
        amr.clear();
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
