package dev.mandate.api.status;

import dev.mandate.api.MandateApi;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.topic.Topics;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * What the intake needs around it, all of it real: a broker, PostgreSQL, an issuer of tokens, keys. Broker, database
 * server and issuer are shared by all tests of this JVM; each stage has keys and a database of its own.
 */
public final class Stage implements AutoCloseable {

    public static final String AUDIENCE = "https://mandate.example/api";

    private static final EmbeddedKafkaBroker BROKER = broker();
    private static final EmbeddedPostgres POSTGRES = postgres();
    private static final MockOAuth2Server ISSUER = issuer();

    private final TestKeys keys;
    private final Path secret;
    private final String jdbcUrl;
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

    /** A stage whose keys are in this directory. */
    public Stage(Path directory) {
        this.keys = TestKeys.in(directory.resolve("keys"), Clock.systemUTC());
        this.secret = directory.resolve("secret");
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        try {
            Files.write(secret, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.jdbcUrl = newDatabase();
    }

    public TestKeys keys() {
        return keys;
    }

    public static String bootstrapServers() {
        return BROKER.getBrokersAsString();
    }

    /** The URL of an issuer that may command {@link TestCommands#TENANT}. */
    public static String issuerUrl() {
        return ISSUER.issuerUrl("acme").toString();
    }

    /** The URL of an issuer whose home is another tenant. */
    public static String otherIssuerUrl() {
        return ISSUER.issuerUrl("globex").toString();
    }

    /** A person's token. */
    public static TestPerson person(String subject) {
        return new TestPerson(ISSUER, "acme", subject);
    }

    /** A token of a person of the other issuer. */
    public static TestPerson stranger(String subject) {
        return new TestPerson(ISSUER, "globex", subject);
    }

    /** The stage's database. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** Starts an instance of the intake on a free port. */
    public Instance start(String name, Map<String, String> settings) {
        var all = new HashMap<String, Object>();
        all.put("mandate.environment", TestCommands.ENVIRONMENT);
        all.put("mandate.instance", name);
        all.put("mandate.issuer", TestCommands.ISSUER);
        all.put("mandate.audience", AUDIENCE);
        all.put("mandate.roles-claim", "https://mandate.example/roles");
        all.put("mandate.issuers[0].url", issuerUrl());
        all.put("mandate.issuers[0].home", TestCommands.TENANT);
        all.put("mandate.issuers[1].url", otherIssuerUrl());
        all.put("mandate.issuers[1].home", "globex");
        all.put("mandate.tenants." + TestCommands.TENANT + ".issuers[0]", issuerUrl());
        all.put("mandate.tenants.globex.issuers[0]", otherIssuerUrl());
        all.put("mandate.keys.ring", keys.ring().toString());
        all.put("mandate.keys.signing", keys.intakeSigning().toString());
        all.put("mandate.keys.sealing", keys.intakeSealing().toString());
        all.put("mandate.keys.secret", secret.toString());
        all.put("spring.kafka.bootstrap-servers", bootstrapServers());
        all.put("spring.datasource.url", jdbcUrl());
        all.put("spring.datasource.username", "postgres");
        all.put("spring.datasource.password", "postgres");
        all.put("server.port", "0");
        all.put("management.server.port", "0");
        all.putAll(settings);
        var context = new SpringApplicationBuilder(MandateApi.class)
                .web(WebApplicationType.SERVLET)
                .run(all.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
        instances.add(context);
        return new Instance(context);
    }

    @Override
    public void close() {
        instances.forEach(ConfigurableApplicationContext::close);
    }

    private static EmbeddedKafkaBroker broker() {
        var broker = new EmbeddedKafkaKraftBroker(1, TestCommands.PARTITIONS);
        broker.brokerProperties(Map.of(
                "auto.create.topics.enable", "false",
                "log.message.timestamp.type", "LogAppendTime",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "log.cleaner.dedupe.buffer.size", "4194304"));
        broker.afterPropertiesSet();
        broker.addTopics(Topics.COMMANDS, Topics.COMMANDS_BULK, Topics.RESULTS, Topics.QUARANTINE, Topics.CONTROL);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
        return broker;
    }

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MockOAuth2Server issuer() {
        var server = new MockOAuth2Server();
        server.start();
        return server;
    }

    /** The URL of a database without anything in it. */
    public static String newDatabase() {
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = POSTGRES.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return POSTGRES.getJdbcUrl("postgres", name);
    }
}
