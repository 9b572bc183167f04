package dev.mandate.bench.intake;

import dev.mandate.bench.stage.Broker;
import dev.mandate.bench.stage.Issuer;
import dev.mandate.bench.stage.Numbers;
import dev.mandate.bench.stage.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Something that commands can be handed to.
 *
 * @param key what to call it in JSON
 * @param name what to call it in tables
 * @param broker whether it needs one
 * @param start starts it on a stage, and returns what clients need to know
 */
record Taker(String key, String name, boolean broker, Function<Stage, Map<String, String>> start) {

    private static final String TOPIC = "bench.raw";

    /** All of them, Mandate first. */
    static List<Taker> all() {
        return List.of(
                new Taker("mandate", "Mandate", true, stage -> api(stage, stage.startApi(stage.startDatabase()))),
                new Taker("bare", "bare endpoint", false, stage -> api(stage, stage.startBare(false))),
                new Taker(
                        "bare-remembering",
                        "bare endpoint, each token verified once",
                        false,
                        stage -> api(stage, stage.startBare(true))),
                new Taker("producer", "raw producer, without HTTP", true, Taker::producer));
    }

    private static Map<String, String> api(Stage stage, Stage.Api api) {
        return Map.of(
                "url",
                api.url().toString(),
                "server",
                String.valueOf(api.process().pid()),
                "tokens",
                IntStream.range(0, Stage.PEOPLE)
                        .mapToObj(stage.issuer()::person)
                        .map(Issuer.Person::token)
                        .collect(Collectors.joining(" ")));
    }

    /** Values as large as a signed command, and as many partitions. */
    private static Map<String, String> producer(Stage stage) {
        Broker broker = stage.broker();
        broker.create(TOPIC);
        var settings = new HashMap<String, String>();
        broker.administrator().forEach((name, value) -> settings.put("kafka." + name, String.valueOf(value)));
        settings.put("topic", TOPIC);
        var command = stage.signedCommands(new Numbers(0)).next();
        settings.put("value-bytes", String.valueOf(command.record().value().length));
        return settings;
    }
}
