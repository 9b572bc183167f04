package dev.mandate.api.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mandate.api.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @Test
    void no_header_is_no_key() {
        assertThat(IdempotencyKey.from(List.of())).isEmpty();
    }

    @Test
    void a_key_with_and_without_quotation_marks_is_the_same() {
        assertThat(IdempotencyKey.from(List.of("\"8e03978e-40d5\"")))
                .isEqualTo(IdempotencyKey.from(List.of("8e03978e-40d5")))
                .contains(new IdempotencyKey("8e03978e-40d5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"a", "a\"", "a b", "\"a\\\"b\"", "\u00fc", "\"a\", \"b\""})
    void anything_else_is_malformed(String header) {
        assertMalformed(List.of(header));
    }

    @Test
    void a_long_key_is_malformed() {
        assertMalformed(List.of("a".repeat(129)));
    }

    @Test
    void two_keys_are_malformed() {
        assertMalformed(List.of("a", "a"));
    }

    private static void assertMalformed(List<String> headers) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> IdempotencyKey.from(headers));
        assertThat(problem.problem().code()).isEqualTo("idempotency.malformed");
        assertThat(problem.problem().status()).isEqualTo(400);
    }
}
