package dev.mandate.simulator.tenant;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.Secret;
import dev.mandate.simulator.seed.SeedApi;
import dev.mandate.simulator.seed.SeedClient;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applications, APIs and the grants between them. The token endpoint reads them here; the Management API reads and
 * writes them as documents, which are followed.
 */
final class Applications {

    private static final String CLIENTS = "/clients";
    private static final String GRANTS = "/client-grants";
    private static final String APIS = "/resource-servers";
    private static final String MANAGEMENT = "/api/v2/";

    private final Collections collections;
    private final Map<String, SeedClient> clients = new ConcurrentHashMap<>();
    private final Map<String, SeedApi> apis = new ConcurrentHashMap<>();

    /** The applications of grants for the Management API that were made by the Management API, by the grants' ids. */
    private final Map<String, String> managementGrants = new ConcurrentHashMap<>();

    Applications(Collections collections) {
        this.collections = collections;
    }

    void clear() {
        clients.clear();
        apis.clear();
        managementGrants.clear();
    }

    Optional<SeedClient> client(String id) {
        return Optional.ofNullable(clients.get(id));
    }

    List<SeedClient> clients() {
        return clients.values().stream()
                .sorted(Comparator.comparing(SeedClient::clientId))
                .toList();
    }

    Optional<SeedApi> api(String identifier) {
        return Optional.ofNullable(apis.get(identifier));
    }

    void seed(SeedApi api) {
        apis.put(api.identifier(), api);
        String id = "api_" + Integer.toHexString(api.identifier().hashCode());
        ObjectNode document =
                Json.object().put("id", id).put("identifier", api.identifier()).put("name", api.name());
        ArrayNode scopes = document.putArray("scopes");
        api.scopes().forEach(scope -> scopes.add(Json.object().put("value", scope)));
        collections.at(APIS).add(id, document);
    }

    /** Grants for the Management API itself are not shown, as its audience is not known here. */
    void seed(SeedClient client) {
        String id = client.clientId();
        clients.put(id, client);
        ObjectNode document = Json.object().put("client_id", id).put("name", client.name());
        document.put("app_type", client.secret().isPresent() ? "non_interactive" : "spa");
        client.secret().ifPresent(secret -> document.put("client_secret", secret.value()));
        document.set("grant_types", Json.MAPPER.valueToTree(client.grantTypes()));
        collections.at(CLIENTS).add(id, document);
        client.grants().forEach((audience, scopes) -> {
            String grantId = "cgr_" + Integer.toHexString((id + " " + audience).hashCode());
            ObjectNode grant = Json.object().put("id", grantId).put("client_id", id);
            grant.put("audience", audience).put("subject_type", "client");
            grant.set("scope", Json.MAPPER.valueToTree(scopes));
            collections.at(GRANTS).add(grantId, grant);
        });
    }

    void follow(String path, String id) {
        Optional<ObjectNode> document = collections.at(path).find(id);
        switch (path) {
            case CLIENTS -> document.ifPresentOrElse(this::followClient, () -> clients.remove(id));
            case GRANTS -> followGrant(id, document);
            default -> {
                apis.clear();
                collections.at(APIS).all().forEach(each -> apis.put(text(each, "identifier"), api(each)));
            }
        }
    }

    private void followClient(ObjectNode document) {
        String id = text(document, "client_id");
        SeedClient before = clients.get(id);
        Optional<Secret> secret = Optional.of(text(document, "client_secret"))
                .filter(each -> !each.isEmpty())
                .map(Secret::new);
        clients.put(
                id,
                new SeedClient(
                        id,
                        text(document, "name"),
                        secret,
                        before == null ? List.of() : before.publicKeys(),
                        texts(document.path("grant_types")),
                        before == null ? List.of() : before.managementScopes(),
                        before == null ? Map.of() : before.grants()));
    }

    private void followGrant(String id, Optional<ObjectNode> document) {
        Optional<String> before = Optional.ofNullable(managementGrants.remove(id));
        document.filter(Applications::isForManagement)
                .ifPresent(grant -> managementGrants.put(id, text(grant, "client_id")));
        clients.replaceAll((_, client) -> withGrants(
                client, before.filter(client.clientId()::equals).isPresent() ? List.of() : client.managementScopes()));
    }

    private static boolean isForManagement(ObjectNode grant) {
        return text(grant, "audience").endsWith(MANAGEMENT);
    }

    /** @param otherwise the scopes for the Management API, where no grant that is a document says so */
    private SeedClient withGrants(SeedClient client, List<String> otherwise) {
        List<String> management = otherwise;
        Map<String, List<String>> grants = new HashMap<>();
        for (ObjectNode grant : collections.at(GRANTS).all()) {
            if (text(grant, "client_id").equals(client.clientId())) {
                if (isForManagement(grant)) {
                    management = texts(grant.path("scope"));
                } else {
                    grants.put(text(grant, "audience"), texts(grant.path("scope")));
                }
            }
        }
        return new SeedClient(
                client.clientId(),
                client.name(),
                client.secret(),
                client.publicKeys(),
                client.grantTypes(),
                management,
                grants);
    }

    private static SeedApi api(ObjectNode document) {
        List<String> scopes = document.path("scopes")
                .valueStream()
                .map(scope -> scope.path("value").asString(""))
                .toList();
        return new SeedApi(text(document, "identifier"), text(document, "name"), scopes);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static String text(ObjectNode document, String member) {
        return document.path(member).asString("");
    }
}
