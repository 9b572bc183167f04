package dev.mandate.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.mandate.api.testkit.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DiscoveredKeySetsTest {

    private final DiscoveredKeySets fetcher = new DiscoveredKeySets();

    @Test
    void keys_are_found_by_discovery() throws IOException {
        try (TestIssuer issuer = TestIssuer.start()) {
            assertThat(fetcher.fetch(issuer.url())).isEqualTo(issuer.keySet());
        }
    }

    @Test
    void a_document_that_names_another_issuer_is_not_believed() throws IOException {
        try (TestIssuer issuer = TestIssuer.start()) {
            String alias = issuer.url().replace("127.0.0.1", "localhost");

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> fetcher.fetch(alias));
        }
    }

    @Test
    void A6_redirects_are_not_followed() throws IOException {
        // Given
        try (TestIssuer elsewhere = TestIssuer.start()) {
            HttpServer server = server("/", 302, "Location", elsewhere.url() + ".well-known/openid-configuration");

            // Then
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> fetcher.fetch(url(server)));
            server.stop(0);
        }
    }

    @Test
    void A49_a_huge_document_is_refused() throws IOException {
        // Given
        byte[] huge = " ".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, huge.length);
            exchange.getResponseBody().write(huge);
            exchange.close();
        });
        server.start();

        // Then
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> fetcher.fetch(url(server)));
        server.stop(0);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_document_that_stops_in_the_middle_is_waited_for_no_longer_than_the_time_limit() throws IOException {
        // Given
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });
        server.start();

        // Then
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> fetcher.fetch(url(server)));
        server.stop(0);
    }

    private static HttpServer server(String path, int status, String header, String value) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add(header, value);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }
}
