package dev.mandate.sandbox.chaos;

import dev.mandate.simulator.faults.Effect;
import java.time.Duration;
import java.util.List;

/** Something that goes wrong for a while. */
sealed interface Blow {

    /** How long until it is undone. */
    Duration lasts();

    /** A process is killed with -9, and may only be started again when this is over. */
    record Kill(String process, Duration lasts) implements Blow {}

    /** A process is stopped with SIGSTOP; afterwards it goes on as if nothing had been. */
    record Freeze(String process, Duration lasts) implements Blow {}

    /** All brokers are killed at once. */
    record BrokersAway(Duration lasts) implements Blow {}

    /** A process's connections to these are cut, and it gets no new ones. */
    record Cut(String process, List<String> to, Duration lasts) implements Blow {}

    /** What a process and these send to one another is late. */
    record Slow(String process, List<String> to, Duration by, Duration lasts) implements Blow {}

    /** Every request to the tenant is harmed. */
    record Storm(Effect effect, Duration lasts) implements Blow {}

    /** The next so many changes of each kind are late at the tenant, each by so much, whatever else ends before. */
    record Late(int changes, Duration by, Duration lasts) implements Blow {}

    /** Whether it happens to that process. */
    default boolean hits(String process) {
        return switch (this) {
            case Kill kill -> kill.process().equals(process);
            case Freeze freeze -> freeze.process().equals(process);
            case Cut cut -> cut.process().equals(process);
            case Slow slow -> slow.process().equals(process);
            case BrokersAway _, Storm _, Late _ -> false;
        };
    }

    /** In a few words, for people. */
    default String inWords() {
        var seconds = " for %.1f s".formatted(lasts().toMillis() / 1000.0);
        return switch (this) {
            case Kill kill -> "kill -9 " + kill.process() + ", gone" + seconds;
            case Freeze freeze -> "SIGSTOP " + freeze.process() + seconds;
            case BrokersAway _ -> "kill -9 all brokers, gone" + seconds;
            case Cut cut -> cut.process() + " cut off from " + String.join(", ", cut.to()) + seconds;
            case Slow slow ->
                "%s and %s late by %d ms"
                                .formatted(
                                        slow.process(),
                                        String.join(", ", slow.to()),
                                        slow.by().toMillis())
                        + seconds;
            case Storm storm -> "tenant: " + inWords(storm.effect()) + seconds;
            case Late late ->
                "tenant: the next %d changes of each kind late by %d ms"
                        .formatted(late.changes(), late.by().toMillis());
        };
    }

    private static String inWords(Effect effect) {
        return switch (effect) {
            case Effect.Delay delay -> "late by %d ms".formatted(delay.by().toMillis());
            case Effect.Hold _ -> "silent";
            case Effect.TooManyRequests _ -> "429";
            case Effect.ServerError error -> String.valueOf(error.status());
            case Effect.CutBefore _ -> "connections cut";
            case Effect.CutMeanwhile meanwhile ->
                "connections cut, and what was asked for done %d ms later"
                        .formatted(meanwhile.by().toMillis());
            case Effect.LostAnswer _ -> "answers lost";
            case Effect.OtherAnswer _ -> "other answers";
        };
    }
}
