package dev.mandate.worker.execution;

import com.auth0.client.mgmt.ManagementApi;
import com.auth0.client.mgmt.core.ManagementApiException;
import com.auth0.client.mgmt.core.ObjectMappers;
import com.auth0.client.mgmt.core.OptionalNullable;
import com.auth0.client.mgmt.core.RequestOptions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.json.StrictJson;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Auth0's own SDK, called by an action's name: {@code a.b.c} is a walk along the accessors {@code a()} and {@code b()}
 * to the fullest {@code c(…)}. It is sent wherever it is told to and sends everything once.
 */
final class SdkCalls {

    private static final String FILE = "users";

    private final ManagementApi api;
    private final Path directory;

    /** @param directory for the files that are uploaded */
    SdkCalls(String url, Path directory) {
        // A client that is handed in gets no retries from the SDK.
        this.api = ManagementApi.builder()
                .url(url + "/api/v2")
                .token("a-management-token")
                .maxRetries(0)
                .httpClient(new OkHttpClient())
                .build();
        this.directory = directory;
    }

    /** Calls an operation of a server that refuses everything. */
    void refused(Action action, ObjectNode arguments) {
        try {
            Object client = api;
            String[] names = action.sdk().orElseThrow().split("\\.");
            for (String name : Arrays.copyOf(names, names.length - 1)) {
                client = client.getClass().getMethod(name).invoke(client);
            }
            Object raw = client.getClass().getMethod("withRawResponse").invoke(client);
            Method method = fullest(raw.getClass(), names[names.length - 1]);
            method.invoke(raw, values(method, action, arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ManagementApiException refusal && refusal.statusCode() == 400) {
                return;
            }
            throw new IllegalStateException(action.name() + ": the SDK fails by itself", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(action.name() + " is not in the SDK", e);
        }
        throw new IllegalStateException(action.name() + ": the SDK heard no refusal");
    }

    private static Method fullest(Class<?> client, String name) {
        return Arrays.stream(client.getMethods())
                .filter(method -> method.getName().equals(name))
                .filter(method -> Arrays.stream(method.getParameterTypes()).noneMatch(InputStream.class::equals))
                .max(Comparator.comparingInt(Method::getParameterCount))
                .orElseThrow(() -> new IllegalStateException(client + " has no " + name));
    }

    private @Nullable Object[] values(Method method, Action action, ObjectNode arguments) {
        Deque<JsonNode> path = Arrays.stream(action.path().split("/"))
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> arguments.get(segment.substring(1, segment.length() - 1)))
                .collect(Collectors.toCollection(ArrayDeque::new));
        Type[] types = method.getGenericParameterTypes();
        var values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            values[i] = type == RequestOptions.class
                    ? RequestOptions.builder().build()
                    : type == File.class
                            ? file(arguments)
                            : !path.isEmpty() ? read(path.removeFirst(), types[i]) : request(type, types[i], arguments);
        }
        return values;
    }

    /** The SDK takes query and body as one. */
    private static @Nullable Object request(Class<?> type, Type generic, ObjectNode arguments) {
        JsonNode body = arguments.get(Action.BODY);
        if (type == OptionalNullable.class && body == null) {
            return OptionalNullable.absent();
        }
        if (body == null && List.class.isAssignableFrom(type)) {
            return List.of();
        }
        if (body != null && !body.isObject()) {
            return read(body, generic);
        }
        ObjectNode merged = StrictJson.object();
        if (arguments.get(Action.QUERY) instanceof ObjectNode query) {
            merged.setAll(query);
        }
        if (body instanceof ObjectNode members) {
            merged.setAll(members);
        }
        return read(merged, generic);
    }

    private static @Nullable Object read(JsonNode value, Type type) {
        JavaType java = ObjectMappers.JSON_MAPPER.getTypeFactory().constructType(type);
        try {
            return ObjectMappers.JSON_MAPPER.readValue(value.toString(), java);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The SDK does not take it for " + java, e);
        }
    }

    private File file(ObjectNode arguments) {
        try {
            Path file = directory.resolve(FILE + ".json");
            Files.writeString(file, arguments.at("/body/" + FILE).stringValue(), StandardCharsets.UTF_8);
            return file.toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
