package dev.mandate.audit.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.audit.World;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.RunEnd;
import dev.mandate.contracts.topic.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing from a run: dropped, or possibly lost with an API that was killed. */
class GapsTest {

    private static final Duration LATER = Duration.ofHours(1);

    @TempDir
    static Path directory;

    static World first;

    World world;

    @BeforeAll
    static void makeKeys() {
        first = new World(directory);
    }

    /** Number 2 of the run is missing. */
    @BeforeEach
    void aGap() {
        world = first.again();
        world.done(world.blocking("auth0|1"));
        world.sign(world.blocking("auth0|2"));
        world.done(world.blocking("auth0|3"));
    }

    Report.Result chains() {
        return world.verify().results().stream()
                .filter(result -> result.check() == Check.CHAINS)
                .findFirst()
                .orElseThrow();
    }

    Finding only() {
        Report report = world.verify();
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.check()).isEqualTo(Check.CHAINS));
        return report.findings().getFirst();
    }

    @Test
    void among_the_last_of_a_run_that_was_killed_it_is_left_open_and_not_said_to_hold() {
        world.later(LATER);
        Report report = world.verify();
        assertThat(report.holds()).isTrue();
        assertThat(report.isWhole()).isFalse();
        assertThat(chains().open()).isEqualTo(1);
        assertThat(chains().notes())
                .singleElement()
                .asString()
                .contains("1 gap: of intake-1/1 numbers from 2 to 2 are missing", "did not end in order");
    }

    @Test
    void a_run_that_went_on_signing_had_known_so_it_was_dropped() {
        world.later(Chain.PATIENCE.plus(Duration.ofSeconds(31)));
        world.done(world.blocking("auth0|4"));
        world.later(LATER);
        assertThat(only().reason()).contains("1 number(s) from 2 to 2 are missing before it");
    }

    @Test
    void a_run_that_ended_in_order_had_known_so_it_was_dropped_however_late() {
        world.end();
        world.later(LATER);
        assertThat(only().reason()).contains("1 number(s) from 2 to 2 are missing before it");
    }

    @Test
    void what_was_sent_just_now_may_still_be_on_its_way() {
        assertThat(world.verify().isWhole()).isTrue();
        assertThat(chains().notes()).containsExactly("1 number(s) that may still be on their way");
    }

    @Test
    void not_even_the_last_of_a_run_that_ended_in_order_is_dropped_unseen() {
        // Given
        world = first.again();
        world.done(world.blocking("auth0|1"));
        world.sign(world.blocking("auth0|2"));
        world.sign(world.blocking("auth0|3"));
        LogRecord end = world.end();
        world.later(LATER);
        // When
        Finding finding = only();
        // Then
        assertThat(finding.place()).isEqualTo(end.position().toString());
        assertThat(finding.reason()).contains("2 number(s) from 2 to 3 are missing although it had ended in order");
    }

    @Test
    void a_run_of_which_nothing_is_left_but_its_end_is_missed() {
        world = first.again();
        world.sign(world.blocking("auth0|1"));
        world.end();
        assertThat(only().reason()).contains("1 number(s) from 1 to 1 are missing");
    }

    @Test
    void what_is_signed_after_the_end_of_a_run_or_is_another_than_its_last_is_found() {
        // Given
        world = first.again();
        ReceivedCommand last = world.done(world.blocking("auth0|1"));
        // When, Then
        world.end(new RunEnd.Last(World.INSTANCE, 1, "sha-256:another"));
        assertThat(only().reason()).contains("another record as the last");
        world = first.again();
        last = world.done(world.blocking("auth0|1"));
        world.end(new RunEnd.Last(World.INSTANCE, 1, last.payloadHash()));
        world.done(world.blocking("auth0|2"));
        assertThat(only().reason()).contains("had ended with number 1, more was signed");
    }

    @Test
    void a_run_that_ended_in_order_and_is_whole_holds() {
        world = first.again();
        for (String user : List.of("auth0|1", "auth0|2")) {
            world.done(world.blocking(user));
        }
        world.end();
        world.later(LATER);
        assertThat(world.verify().findings()).isEmpty();
        assertThat(world.verify().isWhole()).isTrue();
    }
}
