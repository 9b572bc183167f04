package dev.mandate.sandbox.chaos;

import dev.mandate.simulator.faults.Effect;
import java.time.Duration;

/** Something that goes wrong for a while. */
sealed interface Blow {

    /** How long until it is undone. */
    Duration lasts();

    /** A process is killed with -9, and may only be started again when this is over. */
    record Kill(String process, Duration lasts) implements Blow {}

    /** A process is stopped with SIGSTOP; afterwards it goes on as if nothing had been. */
    record Freeze(String process, Duration lasts) implements Blow {}

    /** The broker is shut down. */
    record BrokerAway(Duration lasts) implements Blow {}

    /** Every request to the tenant is harmed. */
    record Storm(Effect effect, Duration lasts) implements Blow {}

    /** In a few words, for people. */
    default String inWords() {
        var seconds = " for %.1f s".formatted(lasts().toMillis() / 1000.0);
        return switch (this) {
            case Kill kill -> "kill -9 " + kill.process() + ", gone" + seconds;
            case Freeze freeze -> "SIGSTOP " + freeze.process() + seconds;
            case BrokerAway _ -> "broker stopped" + seconds;
            case Storm storm -> "tenant: " + inWords(storm.effect()) + seconds;
        };
    }

    private static String inWords(Effect effect) {
        return switch (effect) {
            case Effect.Delay delay -> "late by %d ms".formatted(delay.by().toMillis());
            case Effect.Hold _ -> "silent";
            case Effect.TooManyRequests _ -> "429";
            case Effect.ServerError error -> String.valueOf(error.status());
            case Effect.CutBefore _ -> "connections cut";
            case Effect.LostAnswer _ -> "answers lost";
            case Effect.OtherAnswer _ -> "other answers";
        };
    }
}
