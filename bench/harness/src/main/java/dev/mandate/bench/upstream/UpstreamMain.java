package dev.mandate.bench.upstream;

import dev.mandate.bench.upstream.HttpServer.Answer;
import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The upstream's process: the Management API's {@code PATCH /users/{id}}, the two look-ups that the worker's live
 * re-check makes, a token endpoint, and an issuer's documents. It checks nothing: it is there to answer, at once or
 * after a delay, and to count.
 */
public final class UpstreamMain {

    private static final String USERS = "/api/v2/users/";
    private static final Pattern STATE = Pattern.compile("/bench/state");
    private static final Pattern RESET = Pattern.compile("/bench/reset\\?delay=([0-9]+)");

    private final Calls calls;
    private final Documents documents;
    private volatile long delayMillis;

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
        if (request.method().equals("PATCH") && request.path().startsWith(USERS)) {
            return change(request);
        }
        var state = STATE.matcher(request.path());
        if (state.matches()) {
            return new Answer(200, StrictJson.write(calls.seen()));
        }
        var reset = RESET.matcher(request.path());
        if (reset.matches()) {
            delayMillis = Long.parseLong(reset.group(1));
            calls.forget();
            return Answer.json("{}");
        }
        return documents.answer(request);
    }

    private Answer change(HttpRequest request) {
        long began = System.nanoTime();
        int target = lastNumber(request.path().getBytes(StandardCharsets.ISO_8859_1));
        int command = lastNumber(request.body());
        calls.begin(target, command);
        if (delayMillis > 0) {
            try {
                Thread.sleep(delayMillis);
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
