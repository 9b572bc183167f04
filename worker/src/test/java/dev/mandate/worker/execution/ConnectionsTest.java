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
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What becomes of calls over TLS. The server would share a connection (HTTP/2), and bears few requests on one. */
class ConnectionsTest {

    private static final int ON_ONE_CONNECTION = 4;
    private static final int AT_ONCE = 3 * ON_ONE_CONNECTION;
    private static final String PASSWORD = "of a certificate that is good for this test";

    @TempDir
    private Path directory;

    private final SSLContext before = defaultContext();
    private final Set<String> protocols = ConcurrentHashMap.newKeySet();
    private final CyclicBarrier all = new CyclicBarrier(AT_ONCE);
    private final Tomcat server = new Tomcat();
    private Path keys = Path.of("");
    private Path trusted = Path.of("");

    @BeforeEach
    void make_a_certificate() throws Exception {
        keys = certificate();
        trusted = directory.resolve("trusted.p12");
        try (var out = Files.newOutputStream(trusted)) {
            certificateAlone().store(out, PASSWORD.toCharArray());
        }
    }

    private void start(CertificateVerification ofClients) throws Exception {
        server.setBaseDir(directory.toString());
        server.setConnector(connector(ofClients));
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
        start(CertificateVerification.NONE);
        SSLContext.setDefault(trusting());
        var http = http();

        // When
        List<Future<Answer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(threads.submit(() -> http.send(call(), "token")));
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

    @Test
    void nothing_is_sent_to_a_server_that_is_not_trusted() throws Exception {
        start(CertificateVerification.NONE);

        assertThat(http().send(call(), "token")).isInstanceOf(Answer.NotSent.class);
    }

    @Test
    void a_server_that_breaks_off_when_the_request_is_on_its_way_may_have_had_it() throws Exception {
        // Given a server that wants a certificate: the client is done with the handshake before it is told (RFC 8446
        // §4.4)
        start(CertificateVerification.REQUIRED);
        SSLContext.setDefault(trusting());

        // Then
        assertThat(http().send(call(), "token")).isInstanceOf(Answer.Lost.class);
    }

    private static ManagementHttp http() {
        return new ManagementHttp(
                new ExecutionSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        DataSize.ofKilobytes(16),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30)),
                new SimpleMeterRegistry());
    }

    private PreparedCall call() {
        return new PreparedCall(
                "DELETE",
                URI.create("https://localhost:" + server.getConnector().getLocalPort() + "/api/v2/users/x"),
                Optional.empty(),
                Optional.empty());
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

    private Connector connector(CertificateVerification ofClients) {
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
        host.setCertificateVerification(ofClients.name());
        host.setTruststoreFile(trusted.toString());
        host.setTruststorePassword(PASSWORD);
        connector.addSslHostConfig(host);
        return connector;
    }

    private Path certificate() throws Exception {
        Path made = directory.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var process = new ProcessBuilder(
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
                        made.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return made;
    }

    private KeyStore certificateAlone() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        var alone = KeyStore.getInstance("PKCS12");
        alone.load(null, null);
        alone.setCertificateEntry("server", store.getCertificate("server"));
        return alone;
    }

    private SSLContext trusting() throws Exception {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(certificateAlone());
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
