package dev.mandate.worker.verification;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Issuers that hold back what they were asked for. */
class DiscoveredKeysTest {

    private static final String KEYS = "{\"keys\":[]}";

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private String issuer;
    private int promised = KEYS.length();
    private String sent = KEYS;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://localhost:" + server.getAddress().getPort() + "/";
        server.createContext("/", exchange -> {
            byte[] document =
                    ("{\"issuer\":\"%s\",\"jwks_uri\":\"%sjwks\"}".formatted(issuer, issuer)).getBytes(US_ASCII);
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
            exchange.close();
        });
        server.createContext("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, promised);
            exchange.getResponseBody().write(sent.getBytes(US_ASCII));
            exchange.getResponseBody().flush();
        });
        server.start();
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        server.stop(0);
    }

    @Test
    void keys_are_found_by_discovery() throws Exception {
        assertThat(new DiscoveredKeys(issuer, http).fetch().getKeys()).isEmpty();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void an_issuer_that_stops_in_the_middle_of_its_keys_is_waited_for_no_longer_than_the_time_limit() {
        sent = KEYS.substring(0, 5);

        assertThatThrownBy(() -> new DiscoveredKeys(issuer, http, Duration.ofSeconds(1)).fetch())
                .isInstanceOf(IOException.class);
    }

    @Test
    void an_issuer_whose_keys_have_no_end_is_not_read_to_the_end() {
        sent = KEYS + " ".repeat(300 * 1024);
        promised = sent.length();

        assertThatThrownBy(() -> new DiscoveredKeys(issuer, http).fetch()).isInstanceOf(IOException.class);
    }
}
