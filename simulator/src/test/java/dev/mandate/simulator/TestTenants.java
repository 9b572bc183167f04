package dev.mandate.simulator;

import com.auth0.client.auth.AuthAPI;
import com.auth0.client.mgmt.ManagementApi;
import com.auth0.exception.Auth0Exception;
import com.auth0.json.auth.TokenHolder;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The demo's tenant, and ways to talk to it that we did not write. */
final class TestTenants {

    static final String AUDIENCE = "https://mandate.example/api";
    static final HttpClient HTTP = HttpClient.newHttpClient();

    private TestTenants() {}

    static SimulatorOptions demo() {
        return SimulatorOptions.defaults().withSeed(DemoSeed.create(AUDIENCE, TestTenants::secret));
    }

    static Secret secret(String name) {
        return new Secret("secret-of-" + name);
    }

    /** Auth0's own client for tokens. */
    static AuthAPI auth(Simulator simulator) {
        return AuthAPI.newBuilder(
                        simulator.url(),
                        DemoSeed.WORKER,
                        secret(DemoSeed.WORKER).value())
                .build();
    }

    static TokenHolder workerToken(Simulator simulator, String scope) throws Auth0Exception {
        return auth(simulator)
                .requestToken(simulator.managementAudience())
                .setScope(scope)
                .execute()
                .getBody();
    }

    /** Auth0's own client for the Management API, without its retries. */
    static ManagementApi management(Simulator simulator, String... scopes) {
        return ManagementApi.builder()
                .url(simulator.url() + "/api/v2")
                .token(simulator.forge().management(DemoSeed.WORKER, scopes).signed())
                .maxRetries(0)
                .build();
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest.Builder request(Simulator simulator, String path) {
        return HttpRequest.newBuilder(URI.create(simulator.url() + path));
    }

    static HttpRequest.Builder json(Simulator simulator, String method, String path, String body) {
        return request(simulator, path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
}
