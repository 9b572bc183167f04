package dev.mandate.sandbox;

import dev.mandate.sandbox.broker.Brokers;
import dev.mandate.sandbox.broker.SaslUser;
import dev.mandate.sandbox.database.EmbeddedDatabase;
import dev.mandate.sandbox.keys.SandboxKeys;
import dev.mandate.sandbox.net.Relays;
import dev.mandate.sandbox.process.ServiceDirectory;
import dev.mandate.simulator.Simulator;
import dev.mandate.simulator.seed.DemoSeed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configuration of each process: the contract between the applications and whoever starts them. */
final class Settings {

    private static final String TENANT = "mandate.tenants." + Names.TENANT;

    private static final String LOCALHOST = "127.0.0.1";
    private static final String BOOTSTRAP_SERVERS = "spring.kafka.bootstrap-servers";

    private final Simulator simulator;
    private final Brokers broker;
    private final EmbeddedDatabase database;
    private final Path ring;

    Settings(Simulator simulator, Brokers broker, EmbeddedDatabase database, Path ring) {
        this.simulator = simulator;
        this.broker = broker;
        this.database = database;
        this.ring = ring;
    }

    Map<String, String> api(String instance, ServiceDirectory role, Ports ports) {
        var settings = common(instance, Names.INTAKE_ISSUER, broker.users().named("api"), role, ports.service());
        settings.put("management.server.address", LOCALHOST);
        settings.put("management.server.port", String.valueOf(ports.management()));
        settings.put("mandate.keys.secret", role.resolve("request-hash-key").toString());
        settings.put("spring.datasource.url", database.url());
        settings.put("spring.datasource.username", database.user());
        settings.put("spring.datasource.password", database.password());
        return settings;
    }

    Map<String, String> worker(String instance, ServiceDirectory role, Duration factsMaxAge, int port) {
        var settings = common(instance, Names.WORKER_ISSUER, broker.users().named("worker"), role, port);
        settings.put(TENANT + ".url", simulator.url());
        settings.put(TENANT + ".management-audience", simulator.managementAudience());
        settings.put(TENANT + ".wider-scope", "refused");
        credential(settings, 0, DemoSeed.WORKER, DemoSeed.WORKER_SCOPES, role);
        credential(settings, 1, DemoSeed.WORKER_REST, DemoSeed.WORKER_REST_SCOPES, role);
        settings.put("mandate.authorization.facts-max-age", factsMaxAge.toMillis() + "ms");
        // There is one clock only, so a successor need not wait as long as elsewhere.
        settings.put("mandate.execution.begin-within", "2s");
        settings.put("mandate.consumption.clock-skew", "0s");
        return settings;
    }

    /** Of an API or a worker whose way to the brokers is one of its own. */
    Map<String, String> relayedToBrokers(String process) {
        return Map.of(BOOTSTRAP_SERVERS, broker.bootstrapServersFor(process));
    }

    /** Of a worker whose way to the tenant is one of its own. */
    Map<String, String> relayedToTenant(String process, Relays relays) {
        int port = relays.add(process, Names.TENANT, URI.create(simulator.url()).getPort());
        return Map.of(TENANT + ".url", "http://127.0.0.1:" + port);
    }

    /** The file, in the worker's role, that holds an application's client secret. */
    static String secretFile(String clientId) {
        return clientId + "-client-secret";
    }

    private static void credential(
            Map<String, String> settings, int number, String clientId, List<String> scopes, ServiceDirectory role) {
        var credential = TENANT + ".credentials[" + number + "]";
        settings.put(credential + ".client-id", clientId);
        settings.put(
                credential + ".client-secret-file",
                role.resolve(secretFile(clientId)).toString());
        settings.put(credential + ".scopes", String.join(",", scopes));
    }

    private Map<String, String> common(String instance, String issuer, SaslUser user, ServiceDirectory role, int port) {
        var settings = new TreeMap<String, String>();
        settings.put("mandate.environment", Names.ENVIRONMENT);
        settings.put("mandate.instance", instance);
        settings.put("mandate.issuer", issuer);
        settings.put("mandate.audience", Names.AUDIENCE);
        settings.put("mandate.roles-claim", Names.ROLES_CLAIM);
        settings.put("mandate.issuers[0].url", simulator.issuer().toString());
        settings.put("mandate.issuers[0].home", Names.TENANT);
        settings.put(TENANT + ".issuers[0]", simulator.issuer().toString());
        settings.put(TENANT + ".applications", "false");
        settings.put("mandate.keys.ring", ring.toString());
        settings.put("mandate.keys.signing", SandboxKeys.signing(role).toString());
        settings.put("mandate.keys.sealing", SandboxKeys.sealing(role).toString());
        user.clientSettings(broker.bootstrapServers()).forEach((name, value) -> {
            var property = name.equals("bootstrap.servers") ? BOOTSTRAP_SERVERS : "spring.kafka.properties." + name;
            settings.put(property, value);
        });
        settings.put("server.address", LOCALHOST);
        settings.put("server.port", String.valueOf(port));
        return settings;
    }

    /** Where an API listens. */
    record Ports(int service, int management) {}
}
