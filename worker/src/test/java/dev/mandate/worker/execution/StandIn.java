package dev.mandate.worker.execution;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server in Auth0's place that says whatever it is told to, and keeps what it was asked. It gives tokens to anybody.
 */
final class StandIn implements AutoCloseable {

    static {
        // Else every answer waits for the acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile HttpHandler tokens = exchange -> json(
            exchange, 200, "{\"access_token\":\"a-management-token\",\"token_type\":\"Bearer\",\"expires_in\":86400}");
    private volatile HttpHandler management = exchange -> json(exchange, 200, "{}");

    /** A request as it came. */
    record Asked(String method, String target, Map<String, List<String>> headers, String body) {}

    StandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    new TreeMap<>(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            (exchange.getRequestURI().getPath().equals("/oauth/token") ? tokens : management).handle(exchange);
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What its Management API says from now on. */
    StandIn answers(HttpHandler handler) {
        management = handler;
        return this;
    }

    /** What its token endpoint says from now on. */
    StandIn givesTokens(HttpHandler handler) {
        tokens = handler;
        return this;
    }

    /** All that it was asked. */
    List<Asked> asked() {
        return asked;
    }

    /** What its Management API was asked. */
    List<Asked> called() {
        return asked.stream().filter(one -> one.target().startsWith("/api/v2/")).toList();
    }

    static HttpHandler status(int status) {
        return exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    static HttpHandler redirect(int status, String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    static HttpHandler body(int status, String contentType, byte[] body) {
        return exchange -> answer(exchange, status, contentType, body);
    }

    static void json(HttpExchange exchange, int status, String body) throws IOException {
        answer(exchange, status, "application/json; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
