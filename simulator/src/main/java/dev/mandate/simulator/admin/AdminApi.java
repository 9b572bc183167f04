package dev.mandate.simulator.admin;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.PathTemplate;
import dev.mandate.simulator.http.Request;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.seed.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The admin interface: every request must bear its secret; what is wrong with one is said in {@code error}. */
public final class AdminApi {

    /** A request that fitted a template: its path parameters by name. */
    record Call(Request request, Map<String, String> path) {

        String path(String name) {
            String value = path.get(name);
            if (value == null) {
                throw new IllegalStateException("The template has no parameter " + name);
            }
            return value;
        }
    }

    /** Answers one kind of request; an {@link IllegalArgumentException} says what is wrong with it. */
    @FunctionalInterface
    interface Answer {
        Response to(Call call) throws Json.MalformedJson;
    }

    /** One kind of request. */
    record Entry(String method, PathTemplate template, Answer answer) {

        static Entry of(String method, String template, Answer answer) {
            return new Entry(method, new PathTemplate(template), answer);
        }
    }

    private final Secret secret;
    private final List<Entry> entries;

    /** The interface to these controls, for whoever knows the secret. */
    public AdminApi(AdminControls controls, Secret secret) {
        this.secret = secret;
        this.entries = Stream.of(
                        new PeopleAdmin(controls.tenant()).entries(),
                        new FaultAdmin(controls.faults(), controls.bucket()).entries(),
                        new TraceAdmin(controls).entries())
                .flatMap(List::stream)
                .toList();
    }

    /** Answers a request. */
    public Response answer(Request request) {
        if (!secret.matches(request.bearer().orElse(""))) {
            return error(401, "The admin interface wants its bearer secret");
        }
        try {
            for (Entry entry : entries) {
                Optional<Map<String, String>> path = entry.template().match(request.segments());
                if (entry.method().equals(request.method()) && path.isPresent()) {
                    return entry.answer().to(new Call(request, path.get()));
                }
            }
        } catch (IllegalArgumentException | Json.MalformedJson e) {
            return error(400, String.valueOf(e.getMessage()));
        }
        return error(404, "There is nothing here");
    }

    private static Response error(int status, String what) {
        return Response.json(status, Json.object().put("error", what));
    }
}
