package dev.mandate.bench.upstream;

import dev.mandate.bench.upstream.HttpServer.Answer;
import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;

/**
 * The upstream's process: the Management API's {@code PATCH /users/{id}}, the two look-ups that the worker's live
 * re-check makes, a token endpoint, and an issuer's documents. It checks nothing: it is there to answer, at once or
 * after a delay, within a limit or without, and to count.
 */
public final class UpstreamMain {

    private static final String MANAGEMENT = "/api/v2/";
    private static final String USERS = MANAGEMENT + "users/";
    private static final String SEEN = "/bench/seen";
    private static final String LIMITED = "/bench/limited";
    private static final String RESET = "/bench/reset";

    private final Calls calls;
    private final Documents documents;
    private final Allowance allowance = new Allowance();
    private volatile Conduct conduct = Conduct.taking(Duration.ZERO);

    private UpstreamMain(int targets, Documents documents) {
        this.calls = new Calls(targets);
        this.documents = documents;
    }

    /** Serves until the process is ended; what it needs to know stands in its working directory. */
    public static void main(String[] arguments) throws IOException {
        var settings = new Properties();
        try (var file = Files.newBufferedReader(Path.of("application.properties"), StandardCharsets.UTF_8)) {
            settings.load(file);
        }
        var upstream = new UpstreamMain(
                Integer.parseInt(settings.getProperty("targets")),
                new Documents(
                        settings.getProperty("issuer"),
                        settings.getProperty("audience"),
                        settings.getProperty("permissions"),
                        settings.getProperty("jwks")));
        var server = new HttpServer(Integer.parseInt(settings.getProperty("port")), upstream::answer);
        Files.createFile(Path.of("ready"));
        server.serve();
    }

    private Answer answer(HttpRequest request) {
        return switch (request.path()) {
            case SEEN -> new Answer(200, StrictJson.write(calls.seen()));
            case LIMITED -> new Answer(200, StrictJson.write(allowance.limited()));
            case RESET -> {
                follow(StrictJson.read(request.body(), Conduct.class));
                yield Answer.json("{}");
            }
            default -> request.path().startsWith(MANAGEMENT) ? managed(request) : documents.answer(request);
        };
    }

    private void follow(Conduct other) {
        conduct = other;
        calls.forget();
        allowance.follow(other, Instant.now());
    }

    private Answer managed(HttpRequest request) {
        var passage = allowance.pass(Instant.now());
        if (!passage.allowed()) {
            return Allowance.refusal(passage);
        }
        boolean changes = request.method().equals("PATCH") && request.path().startsWith(USERS);
        return (changes ? change(request) : documents.answer(request)).with(passage.headers());
    }

    private Answer change(HttpRequest request) {
        long began = System.nanoTime();
        int target = lastNumber(request.path().getBytes(StandardCharsets.ISO_8859_1));
        int command = lastNumber(request.body());
        calls.begin(target, command);
        long delay = conduct.delayOf(target);
        if (delay > 0) {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        calls.end(target, command, System.nanoTime() - began);
        return Answer.json("{\"user_id\":\"bench|" + target + "\"}");
    }

    /** The number in the last run of digits. */
    private static int lastNumber(byte[] text) {
        int end = text.length;
        while (end > 0 && !isDigit(text[end - 1])) {
            end--;
        }
        int number = 0;
        int scale = 1;
        for (int i = end - 1; i >= 0 && isDigit(text[i]); i--) {
            number += (text[i] - '0') * scale;
            scale *= 10;
        }
        return number;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
