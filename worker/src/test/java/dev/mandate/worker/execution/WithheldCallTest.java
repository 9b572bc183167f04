package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked right before a request is sent. */
class WithheldCallTest {

    @Test
    void A71_a_call_that_may_not_begin_any_more_is_not_sent_and_does_not_count_against_the_tenant() throws Exception {
        try (var bench = new ExecutionBench()) {
            var request = bench.request(
                    ExecutionBench.TENANT,
                    bench.command("users.update", "{\"id\":\"auth0|uma\",\"body\":{\"blocked\":true}}"));
            List<AttemptResult> results = new ArrayList<>();

            for (int i = 0; i < 30; i++) {
                results.add(bench.execution().attempt(request, new Attempt(1, false, false), () -> false));
            }

            assertThat(results).allMatch(AttemptResult.Withheld.class::isInstance);
            assertThat(bench.auth0().called()).isEmpty();
            assertThat(bench.execution().closed(request)).isEmpty();
        }
    }
}
