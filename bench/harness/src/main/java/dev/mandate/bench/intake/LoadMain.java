package dev.mandate.bench.intake;

import dev.mandate.bench.stage.Numbers;
import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The clients' process: it asks for as long as it is told, and writes down what came of it. A process of its own, since
 * the harness runs on a JVM that starts fast rather than one that runs fast.
 */
public final class LoadMain {

    /** The file that is there once everything is over. */
    static final String RESULT = "rounds.json";

    /** How many times as long as it is told it warms a server up at most. */
    static final int LONGEST_WARM_UP = 3;

    private static final int REQUESTS_PER_SECOND = 3_000;
    private static final String KAFKA = "kafka.";

    private final Properties settings;

    private LoadMain(Properties settings) {
        this.settings = settings;
    }

    /**
     * All rounds that count.
     *
     * @param rounds one after the other
     */
    record Result(List<Round> rounds) {

        /** Copies the list. */
        Result {
            rounds = List.copyOf(rounds);
        }
    }

    /** Runs once; what it needs to know stands in its working directory. */
    public static void main(String[] arguments) throws IOException {
        var settings = new Properties();
        try (var file = Files.newBufferedReader(Path.of("application.properties"), StandardCharsets.UTF_8)) {
            settings.load(file);
        }
        var result = new LoadMain(settings).run();
        var draft = Files.write(Path.of("draft"), StrictJson.write(result));
        Files.move(draft, Path.of(RESULT), StandardCopyOption.ATOMIC_MOVE);
    }

    private Result run() {
        if (settings.containsKey("url")) {
            var server = URI.create(get("url"));
            var tokens = List.of(get("tokens").split(" ", -1));
            return run(
                    ProcessHandle.of(Long.parseLong(get("server"))).orElseThrow(),
                    numbers -> new HttpAsker(server, tokens, numbers));
        }
        var value = new byte[number("value-bytes")];
        new Random(seed()).nextBytes(value);
        try (var producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            return run(ProcessHandle.current(), numbers -> new KafkaAsker(producer, get("topic"), value, numbers));
        }
    }

    private interface Making {

        Asker asker(Numbers numbers);
    }

    private Result run(ProcessHandle server, Making making) {
        var numbers = new Numbers(seed());
        var askers = new ArrayList<Asker>();
        for (int i = 0; i < number("clients"); i++) {
            askers.add(making.asker(numbers));
        }
        var loop = new ClosedLoop(askers, server);
        warmUp(loop);
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < number("rounds"); i++) {
            rounds.add(loop.run(millis("round")));
        }
        askers.forEach(Asker::close);
        return new Result(rounds);
    }

    /** A compiler is done after so many calls, and not after so much time: who is slower is given longer for them. */
    private void warmUp(ClosedLoop loop) {
        var warmUp = millis("warm-up");
        long asked = loop.run(warmUp).accepted();
        long enough = warmUp.toSeconds() * REQUESTS_PER_SECOND;
        var rest = warmUp.multipliedBy(LONGEST_WARM_UP - 1);
        for (var step = millis("round"); asked < enough && !rest.isNegative(); rest = rest.minus(step)) {
            asked += loop.run(step).accepted();
        }
    }

    /** As the API sets its own producer up. */
    private Map<String, Object> kafka() {
        var all = new HashMap<String, Object>();
        settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith(KAFKA))
                .forEach(name -> all.put(name.substring(KAFKA.length()), get(name)));
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        return all;
    }

    private Duration millis(String name) {
        return Duration.ofMillis(number(name));
    }

    private long seed() {
        return Long.parseLong(get("seed"));
    }

    private int number(String name) {
        return Integer.parseInt(get(name));
    }

    private String get(String name) {
        return settings.getProperty(name, "");
    }
}
