package dev.mandate.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.sandbox.demo.Narrator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Under load everything fails that can, and what must hold holds all the same. */
class ChaosIT {

    private static final Path CHECKOUT = Path.of(System.getProperty("mandate.home", ".."));
    private static final Trial TRIAL = new Trial(178, Duration.ofSeconds(40));

    @Test
    void what_was_promised_happens_once_and_in_order_whatever_is_killed_frozen_cut_or_refused() {
        // When
        var output = new ByteArrayOutputStream();
        Judgement judgement;
        try (var out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            judgement = new Chaos(CHECKOUT, Path.of("target", "chaos"), TRIAL, new Narrator(out, false)).play();
        }

        // Then
        var report = output.toString(StandardCharsets.UTF_8);
        assertThat(judgement.violated()).as(report).isEmpty();
        // Of the things that go wrong one may be left out, where a slow machine has not recovered from another.
        assertThat(report)
                .contains("11 of 11 properties hold", "kill -9 ", "SIGSTOP ", "cut off from", "late by")
                .containsPattern("[1-9]\\d* processes started again");
        assertThat(judgement.history().promises()).hasSizeGreaterThan(100);
        assertThat(judgement.history().calls()).hasSizeGreaterThan(100);
        assertThat(judgement.history().markers()).hasSizeGreaterThan(10);
        assertThat(judgement.history().calls()).anyMatch(History.Call::hadEffect);
    }
}
