package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.worker.settings.ExecutionSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A server with TLS that would share a connection (HTTP/2), and bears few requests on one. */
class OwnConnectionTest {

    private static final int ON_ONE_CONNECTION = 4;
    private static final int AT_ONCE = 3 * ON_ONE_CONNECTION;
    private static final String PASSWORD = "of a certificate that is good for this test";

    @TempDir
    private Path directory;

    private final SSLContext before = defaultContext();
    private final Set<String> protocols = ConcurrentHashMap.newKeySet();
    private final CyclicBarrier all = new CyclicBarrier(AT_ONCE);
    private final Tomcat server = new Tomcat();

    @BeforeEach
    void start() throws Exception {
        Path keys = certificate();
        SSLContext.setDefault(trusting(keys));
        server.setBaseDir(directory.toString());
        server.setConnector(connector(keys));
        var context = server.addContext("", directory.toString());
        Tomcat.addServlet(context, "slow", new Slow());
        context.addServletMappingDecoded("/*", "slow");
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        SSLContext.setDefault(before);
        server.stop();
        server.destroy();
    }

    @Test
    void none_of_many_slow_calls_fails_for_want_of_room_on_a_connection() throws Exception {
        // Given
        var settings = new ExecutionSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                DataSize.ofKilobytes(16),
                Duration.ofMillis(250),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
        var http = new ManagementHttp(settings, new SimpleMeterRegistry());
        var call = new PreparedCall(
                "DELETE",
                URI.create("https://localhost:" + server.getConnector().getLocalPort() + "/api/v2/users/x"),
                Optional.empty(),
                Optional.empty());

        // When
        List<Future<Answer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(threads.submit(() -> http.send(call, "token")));
            }
        }

        // Then
        for (Future<Answer> answer : answers) {
            assertThat(answer.get())
                    .isInstanceOfSatisfying(
                            Answer.Received.class,
                            received -> assertThat(received.status()).isEqualTo(HttpServletResponse.SC_NO_CONTENT));
        }
        assertThat(protocols).containsExactly("HTTP/1.1");
    }

    /** Answers when all of them have come. */
    private final class Slow extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
            protocols.add(request.getProtocol());
            try {
                all.await(20, TimeUnit.SECONDS);
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } catch (Exception e) {
                response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
    }

    private static Connector connector(Path keys) {
        var connector = new Connector();
        connector.setPort(0);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        var http2 = new Http2Protocol();
        http2.setMaxConcurrentStreams(ON_ONE_CONNECTION);
        connector.addUpgradeProtocol(http2);
        var host = new SSLHostConfig();
        var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
        certificate.setCertificateKeystoreFile(keys.toString());
        certificate.setCertificateKeystorePassword(PASSWORD);
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return connector;
    }

    private Path certificate() throws Exception {
        Path keys = directory.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var made = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        return keys;
    }

    private static SSLContext trusting(Path keys) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static SSLContext defaultContext() {
        try {
            return SSLContext.getDefault();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
