package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Repeat;
import java.net.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {

    @ParameterizedTest
    @CsvSource({
        "200, UNSAFE, false, DONE",
        "204, IDEMPOTENT, true, DONE",
        "202, UNSAFE, false, ACCEPTED",
        "302, UNSAFE, false, REFUSED",
        "400, IDEMPOTENT, false, REFUSED",
        "401, UNSAFE, false, TOKEN_REFUSED",
        "404, IDEMPOTENT, false, REFUSED",
        "409, GUARDED, false, REFUSED",
        "409, GUARDED, true, IN_DOUBT",
        "409, IDEMPOTENT, true, REFUSED",
        "429, UNSAFE, false, AGAIN",
        "408, UNSAFE, false, IN_DOUBT",
        "500, SAFE, false, AGAIN",
        "503, IDEMPOTENT, false, AGAIN_IN_DOUBT",
        "502, GUARDED, false, AGAIN_IN_DOUBT",
        "504, UNSAFE, false, IN_DOUBT"
    })
    void a_status_means_what_the_operation_makes_of_it(int status, Repeat repeat, boolean doubt, Reading expected) {
        var answer = new Answer.Received(status, HttpHeaders.of(Map.of(), (name, value) -> true), new byte[0], true);

        assertThat(Reading.of(answer, repeat, doubt)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"SAFE, AGAIN", "IDEMPOTENT, AGAIN_IN_DOUBT", "GUARDED, AGAIN_IN_DOUBT", "UNSAFE, IN_DOUBT"})
    void a_lost_answer_is_a_doubt_unless_nothing_was_to_change(Repeat repeat, Reading expected) {
        assertThat(Reading.of(new Answer.Lost(), repeat, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"SAFE", "IDEMPOTENT", "GUARDED", "UNSAFE"})
    void what_was_never_sent_may_always_be_tried_again(Repeat repeat) {
        assertThat(Reading.of(new Answer.NotSent(), repeat, false)).isEqualTo(Reading.AGAIN);
    }
}
