package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.answers.Answers;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Request;
import dev.mandate.simulator.tenant.Tenant;
import dev.mandate.simulator.tenant.TenantLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts into a tenant what an operation needs to find there, so that a test can call every operation of the table with
 * success. Each collection has one stocked id, which is always the same.
 */
public final class Stock {

    private static final String DIGITS = "123456789abcdef123456789abcdef123456789";
    private static final String NAME = "stocked";
    private static final Map<String, String> LINKS = Map.of(
            "user_id", "/users",
            "client_id", "/clients",
            "connection_id", "/connections",
            "enabled_clients", "/clients",
            "client_grants", "/client-grants");

    private final Layout layout;
    private final Tenant tenant;
    private final TenantLog log;

    /** Stock for one tenant. */
    public Stock(Catalogue catalogue, Answers answers, Tenant tenant, TenantLog log) {
        this.layout = new Layout(catalogue, answers, Exceptions.bundled());
        this.tenant = tenant;
        this.log = log;
    }

    /** The stocked id of a collection, named by its path template: {@code /users}, or with any parameters' names. */
    public String id(String collection) {
        String template = Templates.anonymous(collection);
        Exceptions.View lookup = layout.exceptions().lookups().get(template);
        if (lookup != null) {
            return NAME + (lookup.where().orElse("").equals("domain") ? ".example" : "");
        }
        if (template.equals("/logs")) {
            return log.entries().isEmpty() ? "" : log.entries().getLast().logId();
        }
        if (template.endsWith("/ips")) {
            return "203.0.113.7";
        }
        if (template.endsWith("/members") || template.equals("/user-blocks")) {
            return id("/users");
        }
        Exceptions.Collection facts = layout.exceptions().collection(template);
        if (facts.of().isPresent()) {
            return id(facts.of().get());
        }
        return Context.prefix(facts, template) + DIGITS.substring(0, Context.length(facts, template));
    }

    /**
     * Makes everything exist that an operation's path names. What a {@code POST} makes itself does not exist
     * afterwards, unless another tenant's content has it.
     *
     * @return values for the path parameters, by name
     */
    public Map<String, String> prepare(Action action) {
        synchronized (tenant) {
            Map<String, String> values = new LinkedHashMap<>();
            add("/connections", id("/connections"));
            add("/clients", id("/clients"));
            add("/client-grants", id("/client-grants"));
            add("/roles", id("/roles"));
            add("/groups", id("/groups"));
            addPerson();
            note();
            List<String> segments = Templates.segments(layout.path(action));
            boolean makes = action.method().equals("POST") && !Templates.endsInParameter(action.path());
            StringBuilder path = new StringBuilder();
            for (int depth = 0; depth < segments.size(); depth++) {
                String segment = segments.get(depth);
                String template = Templates.anonymous("/" + String.join("/", segments.subList(0, depth)));
                boolean last = depth == segments.size() - 1;
                if (Templates.isParameter(segment)) {
                    String id = value(action, segment, template);
                    values.put(Templates.name(segment), id);
                    if (!last || !action.method().equals("POST")) {
                        add(path.toString(), template, id);
                    }
                    path.append('/').append(id);
                } else {
                    if (!makes && layout.isCreated(template + "/" + segment) || isAbsent(template + "/" + segment)) {
                        add(path.toString(), last ? "" : template, segment);
                    }
                    path.append('/').append(segment);
                }
            }
            furnish(action, Templates.anonymous(layout.path(action)), path.toString(), values);
            return values;
        }
    }

    /** A line in the log. */
    private void note() {
        Request request = new Request("PATCH", "/api/v2/users/" + id("/users"), "", Map.of(), new byte[0]);
        log.write("sapi", "users.update", id("/clients"), Optional.empty(), request, List.of(), 200);
    }

    private boolean isAbsent(String template) {
        return layout.exceptions().collection(template).absent()
                && !Templates.endsInParameter(template)
                && layout.isRead(template);
    }

    private String value(Action action, String segment, String template) {
        return layout.values(action, Templates.name(segment)).stream()
                .findFirst()
                .orElseGet(() -> id(template));
    }

    /** Something to list, and relations to look at. */
    private void furnish(Action action, String template, String path, Map<String, String> values) {
        Exceptions.View view = layout.exceptions().views().get(template);
        Exceptions.View lookup = layout.exceptions()
                .lookups()
                .get(Templates.endsInParameter(template) ? Templates.above(template) : template);
        if (lookup != null && values.size() < 2) {
            add(lookup.of(), id(lookup.of()));
        } else if (lookup != null) {
            add(Templates.above(Templates.above(path)), Templates.anonymous(lookup.of()), id(lookup.of()));
        }
        if (view != null) {
            add(view.of(), id(view.of()));
        } else if (layout.isListed(template) && !action.method().equals("POST")) {
            add(path, template, id(template));
        }
        layout.exceptions().relations().values().stream()
                .filter(relation -> relation.holders())
                .forEach(relation -> tenant.relation(relation.name())
                        .give(id(relation.of()), List.of(id("/users"), id("/roles"), id("/groups"))));
        if (layout.exceptions().relations().containsKey(template)) {
            Exceptions.Relation relation = java.util.Objects.requireNonNull(
                    layout.exceptions().relations().get(template));
            if (!relation.holders()) {
                tenant.relation(relation.name()).give(String.join("\n", values.values()), List.of(id(relation.of())));
            }
        }
    }

    private void add(String collection, String id) {
        add(collection, collection, id);
    }

    private void add(String path, String template, String id) {
        switch (template) {
            case "/users" -> addPerson();
            case "/organizations/{}/members" -> tenant.organizations().addMembers(path.split("/")[2], List.of(id));
            default -> {
                if (tenant.collections().at(path).add(id, document(template, id))) {
                    tenant.settle(path, id);
                }
            }
        }
    }

    private ObjectNode document(String template, String id) {
        Set<String> members =
                layout.document(template + "/{}").map(Layout::members).orElse(Set.of());
        ObjectNode document = Json.object();
        if (!template.isEmpty()) {
            document.put(layout.idOf(template), id).put("name", NAME).put("domain", NAME + ".example");
        }
        LINKS.forEach((member, collection) -> {
            if (member.endsWith("s")) {
                document.putArray(member).add(id(collection));
            } else if (!document.has(member) && (members.isEmpty() || members.contains(member))) {
                document.put(member, id(collection));
            }
        });
        return document;
    }

    /** A person with a second identity. */
    private void addPerson() {
        String id = id("/users");
        ObjectNode person = Json.object().put("user_id", id).put("email", NAME + "@simulated.example");
        person.put("email_verified", true).put("name", NAME).put("nickname", NAME);
        tenant.users().add(person, Optional.empty());
        String identity = id("/users/{}/identities/{}");
        tenant.users().update(id, user -> {
            ArrayNode identities = user.withArrayProperty("identities");
            if (identities
                    .valueStream()
                    .noneMatch(each -> each.path("user_id").asString("").equals(identity))) {
                identities.add(Json.object()
                        .put("user_id", identity)
                        .put("connection", "ad")
                        .put("provider", "ad")
                        .put("isSocial", false));
            }
        });
    }
}
