package dev.mandate.sandbox.client;

import dev.mandate.contracts.json.StrictJson;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/**
 * An answer of the API.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the JSON body; an empty object where there is none
 */
public record Answer(int status, HttpHeaders headers, JsonNode body) {

    static Answer of(HttpResponse<byte[]> response) {
        var body = response.body().length == 0 ? StrictJson.object() : StrictJson.parse(response.body());
        return new Answer(response.statusCode(), response.headers(), body);
    }

    /** The text at a JSON pointer (RFC 6901), empty where there is none. */
    public String text(String pointer) {
        return body.at(pointer).asString("");
    }

    /** The command's id, where the answer speaks of one. */
    public String id() {
        return text("/id");
    }

    /** The command's status: {@code accepted}, {@code started}, or its outcome. */
    public String outcome() {
        return text("/status");
    }

    /** The stable code of a problem document, or of a command that did not succeed. */
    public String code() {
        return body.has("code") ? text("/code") : text("/error/code");
    }

    /** In a few words, for people. */
    public String inShort() {
        if (status >= 400) {
            return status + " " + code();
        }
        return status + " " + outcome() + (code().isEmpty() ? "" : " " + code());
    }
}
