package dev.mandate.api.testkit;

import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.topic.Topics;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * One intake with a real broker, a real database and two issuers, one of which is somebody else's code; shared by all
 * integration tests of the module, and gone with the JVM.
 */
public final class ApiHarness {

    /** The path of the independent issuer. */
    public static final String INDEPENDENT = "independent";

    private static final int PARTITIONS = 6;

    private static final class Shared {
        static final ApiHarness INSTANCE = new ApiHarness();
    }

    private final EmbeddedKafkaKraftBroker broker;
    private final EmbeddedPostgres database;
    private final TestIssuer issuer = TestIssuer.start();
    private final MockOAuth2Server independent = new MockOAuth2Server();
    private final Path root;
    private final TestKeys keys;
    private final RunningApi api;

    private ApiHarness() {
        broker = new EmbeddedKafkaKraftBroker(
                1,
                PARTITIONS,
                Topics.COMMANDS,
                Topics.COMMANDS_BULK,
                Topics.RESULTS,
                Topics.QUARANTINE,
                Topics.CONTROL);
        broker.brokerProperty("log.message.timestamp.type", "LogAppendTime");
        broker.brokerProperty("transaction.state.log.replication.factor", "1");
        broker.brokerProperty("transaction.state.log.min.isr", "1");
        broker.afterPropertiesSet();
        try {
            database = EmbeddedPostgres.start();
            root = Files.createTempDirectory("mandate-api");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        independent.start();
        keys = TestKeys.in(root, Clock.systemUTC());
        api = RunningApi.start(properties());
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    /** The one harness, started at first use. */
    public static ApiHarness shared() {
        return Shared.INSTANCE;
    }

    /** The properties of its intake, for tests that start another beside it. */
    public Map<String, String> properties() {
        var properties = new LinkedHashMap<>(RunningApi.properties(root, keys, issuer.url(), independentIssuer()));
        properties.put("spring.kafka.bootstrap-servers", bootstrapServers());
        // All tests share a few people, who together ask more than anybody would.
        properties.put("mandate.requester.burst", "1000000");
        properties.put("mandate.batch.per-second", "1000000");
        properties.put("spring.datasource.url", database.getJdbcUrl("postgres", "postgres"));
        properties.put("spring.datasource.username", "postgres");
        properties.put("spring.datasource.password", "postgres");
        return properties;
    }

    public RunningApi api() {
        return api;
    }

    public Http http() {
        return api.http();
    }

    public TestIssuer issuer() {
        return issuer;
    }

    public MockOAuth2Server independent() {
        return independent;
    }

    public TestKeys keys() {
        return keys;
    }

    public String bootstrapServers() {
        return broker.getBrokersAsString();
    }

    public TopicLog log(String topic) {
        return new TopicLog(bootstrapServers(), topic);
    }

    private String independentIssuer() {
        return independent.issuerUrl(INDEPENDENT).toString();
    }

    private void stop() {
        api.close();
        independent.shutdown();
        issuer.close();
        broker.destroy();
        try {
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
