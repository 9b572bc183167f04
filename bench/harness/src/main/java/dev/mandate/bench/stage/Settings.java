package dev.mandate.bench.stage;

import dev.mandate.sandbox.Names;
import dev.mandate.sandbox.keys.SandboxKeys;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.util.Map;
import java.util.TreeMap;

/** The configuration of Mandate's processes: what README documents, and the defaults of production for the rest. */
final class Settings {

    private static final String LOCALHOST = "127.0.0.1";
    private static final String TENANT = "mandate.tenants." + Names.TENANT;

    private final Kit kit;
    private final String upstream;
    private final Broker broker;

    Settings(Kit kit, String upstream, Broker broker) {
        this.kit = kit;
        this.upstream = upstream;
        this.broker = broker;
    }

    Map<String, String> worker(String instance, int port) {
        var settings = common(instance, Names.WORKER_ISSUER, "worker", kit.worker(), port);
        settings.put(TENANT + ".url", upstream);
        settings.put(TENANT + ".management-audience", upstream + "/api/v2/");
        settings.put(TENANT + ".credentials[0].client-id", "mandate-worker");
        settings.put(
                TENANT + ".credentials[0].client-secret-file",
                kit.worker().resolve("client-secret").toString());
        return settings;
    }

    /** The same limits for everybody would limit the harness, which asks for all of them. */
    Map<String, String> api(Database database, int port, int managementPort) {
        var settings = common("intake-1", Names.INTAKE_ISSUER, "api", kit.intake(), port);
        settings.put("management.server.address", LOCALHOST);
        settings.put("management.server.port", String.valueOf(managementPort));
        settings.put(
                "mandate.keys.secret", kit.intake().resolve("request-hash-key").toString());
        settings.put("mandate.requester.per-second", "100000");
        settings.put("mandate.requester.burst", "100000");
        settings.putAll(database.settings("spring.datasource"));
        return settings;
    }

    private Map<String, String> common(String instance, String issuer, String user, ServiceDirectory role, int port) {
        var settings = new TreeMap<String, String>();
        settings.put("mandate.environment", Names.ENVIRONMENT);
        settings.put("mandate.instance", instance);
        settings.put("mandate.issuer", issuer);
        settings.put("mandate.audience", Names.AUDIENCE);
        settings.put("mandate.roles-claim", Names.ROLES_CLAIM);
        settings.put("mandate.issuers[0].url", upstream + "/");
        settings.put("mandate.issuers[0].home", Names.TENANT);
        settings.put(TENANT + ".issuers[0]", upstream + "/");
        settings.put("mandate.keys.ring", kit.ring().toString());
        settings.put("mandate.keys.signing", SandboxKeys.signing(role).toString());
        settings.put("mandate.keys.sealing", SandboxKeys.sealing(role).toString());
        broker.login(user).forEach((name, value) -> {
            var property = name.equals("bootstrap.servers")
                    ? "spring.kafka.bootstrap-servers"
                    : "spring.kafka.properties." + name;
            settings.put(property, value);
        });
        settings.put("server.address", LOCALHOST);
        settings.put("server.port", String.valueOf(port));
        return settings;
    }
}
