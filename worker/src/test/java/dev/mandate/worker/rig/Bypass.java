package dev.mandate.worker.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Somebody who changes the tenant by other means than Mandate. */
public final class Bypass {

    private final Rig rig;

    Bypass(Rig rig) {
        this.rig = rig;
    }

    /** Takes a role of the demo from somebody. */
    public void take(String user, String role) {
        String id = "rol_" + (role + "0000000000000000").replace("-", "").substring(0, 16);
        call(
                "DELETE",
                "/users/" + user.replace("|", "%7C") + "/roles",
                "{\"roles\":[\"" + id + "\"]}",
                "update:users",
                "delete:role_members");
    }

    /** Calls an operation that must succeed. */
    public void call(String method, String path, String body, String... scopes) {
        String token = rig.simulator().forge().management("admin", scopes).signed();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(rig.simulator().url() + "/api/v2" + path))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
