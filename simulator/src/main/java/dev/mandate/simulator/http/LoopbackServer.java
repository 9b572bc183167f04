package dev.mandate.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JDK's HTTP server on the loopback interface, a virtual thread for each request. */
public final class LoopbackServer implements AutoCloseable {

    /** Auth0 refuses larger bodies, too. */
    private static final int MAX_BODY = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);

    static {
        // Without it, each answer on a kept connection waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Binds a port; nothing is answered before {@link #serve}.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException when the port can't be bound
     */
    public LoopbackServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("The loopback port " + port + " can't be bound", e);
        }
        server.setExecutor(executor);
    }

    /** The base URL, without a trailing slash. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers from now on; an empty answer cuts the connection. */
    public void serve(Function<Request, Optional<Response>> answer) {
        server.createContext("/", exchange -> {
            try (exchange) {
                Optional<Response> response = respond(exchange, answer);
                if (response.isPresent()) {
                    send(exchange, response.get());
                }
            }
        });
        server.start();
    }

    private static Optional<Response> respond(HttpExchange exchange, Function<Request, Optional<Response>> answer)
            throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return Optional.of(tooLarge());
        }
        try {
            return answer.apply(request(exchange, body));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("The simulator failed to answer");
            return Optional.of(Response.json(500, Json.object().put("statusCode", 500)));
        }
    }

    private static Request request(HttpExchange exchange, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String query = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                headers,
                body);
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        int length = response.body().length;
        exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
        if (length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(response.body());
            }
        }
    }

    private static Response tooLarge() {
        return Response.json(413, Json.object().put("statusCode", 413).put("error", "Payload Too Large"));
    }

    /** Stops at once, whatever is under way. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
