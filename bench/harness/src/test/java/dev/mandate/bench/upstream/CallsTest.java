package dev.mandate.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallsTest {

    private static final int TARGET = 3;

    private final Calls calls = new Calls(10);

    @Test
    void commands_that_come_one_after_the_other_are_right() {
        // When
        called(TARGET, 1);
        called(TARGET, 2);
        called(TARGET + 1, 3);

        // Then
        assertThat(calls.seen()).isEqualTo(new Seen(3, 3, 0, 0, 3));
    }

    @Test
    void a_command_that_comes_again_is_a_duplicate_however_long_ago_the_first_was() {
        // Given
        called(TARGET, 1);
        calls.forget();

        // When
        called(TARGET, 1);

        // Then
        assertThat(calls.seen()).isEqualTo(new Seen(1, 0, 1, 0, 1));
    }

    @Test
    void a_command_that_comes_again_while_it_is_under_way_is_a_duplicate_too() {
        // When
        calls.begin(TARGET, 1);
        calls.begin(TARGET, 1);

        // Then
        assertThat(calls.seen().duplicates()).isEqualTo(1);
        assertThat(calls.seen().disorders()).isZero();
    }

    @Test
    void a_command_that_comes_after_a_later_one_on_its_target_is_out_of_order() {
        // When
        called(TARGET, 2);
        called(TARGET, 1);
        called(TARGET + 1, 1_000);
        called(TARGET, 3);

        // Then
        assertThat(calls.seen().disorders()).isEqualTo(1);
    }

    @Test
    void a_command_that_begins_while_another_on_its_target_is_under_way_is_out_of_order() {
        // When
        calls.begin(TARGET, 1);
        calls.begin(TARGET, 2);
        calls.begin(TARGET + 1, 3);

        // Then
        assertThat(calls.seen().disorders()).isEqualTo(1);
    }

    private void called(int target, int command) {
        calls.begin(target, command);
        calls.end(target, command, 1);
    }
}
