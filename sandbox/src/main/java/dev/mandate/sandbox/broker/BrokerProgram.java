package dev.mandate.sandbox.broker;

import com.sun.net.httpserver.HttpServer;
import dev.mandate.sandbox.process.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A broker as a process of its own. Like the applications it finds its configuration by one variable of its
 * environment, and says over HTTP when it is ready. It is killed rather than stopped.
 */
final class BrokerProgram {

    static final String MANAGEMENT_PORT = "management.server.port";

    private BrokerProgram() {}

    /** What to start: this class, where this process found it. */
    static Program program() {
        return new Program(List.of("-cp", System.getProperty("java.class.path"), BrokerProgram.class.getName()));
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws IOException {
        var configuration = configuration();
        var server = new KafkaRaftServer(new KafkaConfig(configuration, false), Time.SYSTEM);
        server.startup();
        answer(Integer.parseInt(configuration.getOrDefault(MANAGEMENT_PORT, "0")));
        server.awaitShutdown();
    }

    private static Map<String, String> configuration() throws IOException {
        var properties = new Properties();
        var file = Path.of(URI.create(System.getenv("SPRING_CONFIG_ADDITIONAL_LOCATION")));
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        Map<String, String> configuration = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> configuration.put(name, properties.getProperty(name)));
        return configuration;
    }

    /** Whoever is asked for readiness is ready: nothing answers before. */
    private static void answer(int port) throws IOException {
        var health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        health.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        health.start();
    }
}
