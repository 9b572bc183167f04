package dev.mandate.sandbox;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.keys.SandboxKeys;
import dev.mandate.simulator.seed.DemoSeed;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that a person or a script needs in order to use a sandbox: secrets included, so it is for its owner alone.
 */
final class Description {

    private final Sandbox sandbox;

    Description(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    ObjectNode toJson() {
        var json = StrictJson.object();
        api(json.putObject("api"));
        tenant(json.putObject("auth0"));
        people(json.putObject("people"));
        kafka(json.putObject("kafka"));
        json.putObject("database")
                .put("url", sandbox.database().url())
                .put("user", sandbox.database().user())
                .put("password", sandbox.database().password());
        keys(json.putObject("keys"));
        json.putObject("audit")
                .put("kafka_settings", sandbox.auditorsSettings().toString())
                .put("ring", sandbox.keys().ring().toString())
                .put("environment", Names.ENVIRONMENT);
        processes(json.putObject("processes"));
        return json;
    }

    private void api(ObjectNode api) {
        var url = sandbox.api().url();
        api.put("url", url.toString())
                .put("commands", url + "/v1/commands")
                .put("actions", url + "/v1/actions")
                .put("jwks", url + "/.well-known/jwks.json")
                .put("openapi", url + "/v1/openapi.json")
                .put("health", sandbox.api().managementUrl() + "/actuator/health")
                .put("metrics", sandbox.api().managementUrl() + "/actuator/prometheus");
    }

    private void tenant(ObjectNode tenant) {
        var simulator = sandbox.simulator();
        tenant.put("alias", Names.TENANT)
                .put("issuer", simulator.issuer().toString())
                .put("token_endpoint", simulator.issuer() + "oauth/token")
                .put("management_api", simulator.managementAudience())
                .put("audience", Names.AUDIENCE)
                .put("admin_url", simulator.adminUrl())
                .put("admin_secret", simulator.adminSecret().value());
        tenant.putObject("clients")
                .put("people", DemoSeed.CONSOLE)
                .put("worker", DemoSeed.WORKER)
                .put("worker_secret", sandbox.people().secretOf(DemoSeed.WORKER).value())
                .put("worker_rest", DemoSeed.WORKER_REST)
                .put(
                        "worker_rest_secret",
                        sandbox.people().secretOf(DemoSeed.WORKER_REST).value());
    }

    private void people(ObjectNode people) {
        for (var person : sandbox.people().all()) {
            var entry = people.putObject(person.login())
                    .put("user_id", person.userId())
                    .put("username", person.email())
                    .put("password", person.password().value());
            person.organization().ifPresent(organization -> entry.put("organization", organization));
        }
    }

    private void kafka(ObjectNode kafka) {
        kafka.put("bootstrap_servers", sandbox.broker().bootstrapServers())
                .put("security_protocol", "SASL_PLAINTEXT")
                .put("sasl_mechanism", "SCRAM-SHA-512");
        var users = kafka.putObject("users");
        var known = sandbox.broker().users();
        users.put(known.administrator().name(), known.administrator().password());
        known.principals().forEach(user -> users.put(user.name(), user.password()));
    }

    private void keys(ObjectNode keys) {
        keys.put("ring", sandbox.keys().ring().toString())
                .put("intake_signing", SandboxKeys.signing(sandbox.intakeRole()).toString())
                .put("intake_sealing", SandboxKeys.sealing(sandbox.intakeRole()).toString())
                .put("worker_signing", SandboxKeys.signing(sandbox.workerRole()).toString())
                .put("worker_sealing", SandboxKeys.sealing(sandbox.workerRole()).toString());
    }

    private void processes(ObjectNode processes) {
        processes
                .putObject("api")
                .put("pid", sandbox.api().service().pid().orElse(0))
                .put("log", sandbox.api().service().log().toString());
        for (var worker : sandbox.workers()) {
            processes
                    .putObject(worker.name())
                    .put("pid", worker.pid().orElse(0))
                    .put("log", worker.log().toString());
        }
    }
}
