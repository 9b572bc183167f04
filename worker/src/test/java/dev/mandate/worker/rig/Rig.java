package dev.mandate.worker.rig;

import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.simulator.Simulator;
import dev.mandate.simulator.SimulatorOptions;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Secret;
import dev.mandate.simulator.seed.Seed;
import dev.mandate.worker.WorkerApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import kafka.server.BrokerServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** All that a worker needs, and all of it real: a broker, a tenant, keys, and an intake that signs. */
public final class Rig implements AutoCloseable {

    public static final String ENVIRONMENT = "test";
    public static final String TENANT = "acme-prod";
    public static final String AUDIENCE = "https://mandate.example/api";
    public static final String ROLES_CLAIM = "https://mandate.example/roles";
    public static final int PARTITIONS = 6;
    public static final String CLIENT_SECRET = "the-workers-client-secret";

    /** What a worker is told that is to be asked how it is by HTTP; most are not, and start faster without. */
    public static final Map<String, String> WEB =
            Map.of("spring.main.web-application-type", "servlet", "server.port", "0", "management.server.port", "0");

    private static EmbeddedKafkaKraftBroker broker;

    private final Path directory;
    private final TestKeys keys;
    private final Simulator simulator;
    private final Intake intake;
    private final Tap tap;
    private final List<ConfigurableApplicationContext> workers = new ArrayList<>();

    private Rig(UnaryOperator<SimulatorOptions> options) {
        try {
            directory = Files.createTempDirectory("worker-rig");
            Files.writeString(directory.resolve("client-secret"), CLIENT_SECRET + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys = TestKeys.in(directory, Clock.systemUTC());
        simulator = Simulator.start(options.apply(SimulatorOptions.defaults().withSeed(seed())));
        createTopics();
        intake = new Intake(this);
        tap = new Tap(this);
    }

    /** The demo's tenant. */
    public static Seed seed() {
        return DemoSeed.create(AUDIENCE, name -> new Secret(name.equals(DemoSeed.WORKER) ? CLIENT_SECRET : name));
    }

    public static Rig start() {
        return new Rig(UnaryOperator.identity());
    }

    public static Rig start(UnaryOperator<SimulatorOptions> options) {
        return new Rig(options);
    }

    /** A running worker; properties are added to the usual ones or replace them. */
    public ConfigurableApplicationContext startWorker(String instance, Map<String, String> properties) {
        Map<String, String> all = new LinkedHashMap<>(properties(instance));
        all.putAll(properties);
        String[] arguments = all.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        ConfigurableApplicationContext context = SpringApplication.run(WorkerApplication.class, arguments);
        workers.add(context);
        return context;
    }

    /** A worker as a process of its own, as it is started in production. */
    public Process startProcess(String instance, Map<String, String> properties) {
        Map<String, String> all = new LinkedHashMap<>(properties(instance));
        all.putAll(WEB);
        all.putAll(properties);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                WorkerApplication.class.getName()));
        all.forEach((name, value) -> command.add("--" + name + "=" + value));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve(instance + ".log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ConfigurableApplicationContext startWorker() {
        return startWorker("worker-1", Map.of());
    }

    /** Stops a worker; what it still does is cut off if it was started with {@code drain=0s}. */
    public void stopWorker(ConfigurableApplicationContext worker) {
        workers.remove(worker);
        worker.close();
    }

    /** What a worker is told. */
    public Map<String, String> properties(String instance) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("mandate.environment", ENVIRONMENT);
        properties.put("mandate.instance", instance);
        properties.put("mandate.issuer", "https://mandate.example/worker");
        properties.put("mandate.audience", AUDIENCE);
        properties.put("mandate.roles-claim", ROLES_CLAIM);
        properties.put("mandate.issuers[0].url", simulator.issuer().toString());
        properties.put("mandate.issuers[0].home", TENANT);
        properties.put("mandate.keys.ring", keys.ring().toString());
        properties.put("mandate.keys.signing", keys.workerSigning().toString());
        properties.put("mandate.keys.sealing", keys.workerSealing().toString());
        String tenant = "mandate.tenants." + TENANT + ".";
        properties.put(tenant + "url", simulator.url());
        properties.put(tenant + "management-audience", simulator.managementAudience());
        properties.put(tenant + "issuers[0]", simulator.issuer().toString());
        properties.put(tenant + "credentials[0].client-id", DemoSeed.WORKER);
        properties.put(
                tenant + "credentials[0].client-secret-file",
                directory.resolve("client-secret").toString());
        properties.put("mandate.authorization.facts-max-age", "1s");
        properties.put("mandate.execution.begin-within", "1s");
        properties.put("mandate.execution.call-timeout", "3s");
        properties.put("mandate.consumption.clock-skew", "0s");
        properties.put("spring.kafka.bootstrap-servers", bootstrapServers());
        properties.put("spring.jmx.enabled", "false");
        properties.put("spring.main.web-application-type", "none");
        return properties;
    }

    /** The same settings for a worker whose application may do all that it needs, and not read Auth0's log. */
    public static Map<String, String> withoutReadLogs(Map<String, String> properties) {
        Map<String, String> narrower = new LinkedHashMap<>(properties);
        narrower.put(
                "mandate.tenants." + TENANT + ".credentials[0].scopes",
                DemoSeed.WORKER_SCOPES.stream()
                        .filter(scope -> !scope.equals("read:logs"))
                        .collect(Collectors.joining(",")));
        return narrower;
    }

    public static synchronized String bootstrapServers() {
        if (broker == null) {
            broker = new EmbeddedKafkaKraftBroker(1, 1);
            broker.brokerProperty("offsets.topic.replication.factor", "1");
            broker.brokerProperty("offsets.topic.num.partitions", "2");
            broker.brokerProperty("transaction.state.log.replication.factor", "1");
            broker.brokerProperty("transaction.state.log.num.partitions", "2");
            broker.brokerProperty("transaction.state.log.min.isr", "1");
            broker.brokerProperty("share.coordinator.state.topic.replication.factor", "1");
            broker.brokerProperty("share.coordinator.state.topic.min.isr", "1");
            broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
            broker.brokerProperty("group.consumer.heartbeat.interval.ms", "500");
            broker.brokerProperty("group.consumer.min.heartbeat.interval.ms", "500");
            broker.brokerProperty("group.consumer.min.session.timeout.ms", "5000");
            broker.brokerProperty("group.consumer.session.timeout.ms", "5000");
            broker.afterPropertiesSet();
        }
        return broker.getBrokersAsString();
    }

    /** Stops the broker, which keeps its port and what it holds. */
    public static synchronized void stopBroker() {
        broker.getCluster().brokers().values().forEach(server -> {
            server.shutdown();
            server.awaitShutdown();
        });
    }

    /** Starts the broker again. */
    public static synchronized void startBroker() {
        broker.getCluster().brokers().values().forEach(BrokerServer::startup);
    }

    private static void createTopics() {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            var existing = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>();
            for (String topic :
                    List.of(Topics.COMMANDS, Topics.COMMANDS_BULK, Topics.RESULTS, Topics.QUARANTINE, Topics.CONTROL)) {
                if (!existing.contains(topic)) {
                    missing.add(new NewTopic(topic, PARTITIONS, (short) 1)
                            .configs(Map.of("message.timestamp.type", "LogAppendTime")));
                }
            }
            admin.createTopics(missing).all().get();
        } catch (Exception e) {
            throw new IllegalStateException("The topics can't be made", e);
        }
    }

    public Path directory() {
        return directory;
    }

    public TestKeys keys() {
        return keys;
    }

    public Simulator simulator() {
        return simulator;
    }

    public Intake intake() {
        return intake;
    }

    public Tap tap() {
        return tap;
    }

    public Bypass bypass() {
        return new Bypass(this);
    }

    @Override
    public void close() {
        workers.forEach(ConfigurableApplicationContext::close);
        intake.close();
        tap.close();
        simulator.close();
    }
}
