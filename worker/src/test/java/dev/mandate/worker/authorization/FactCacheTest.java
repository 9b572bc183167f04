package dev.mandate.worker.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.MovableClock;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.time.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FactCacheTest {

    private static final Duration AGE = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final FactCache.Key UMA = new FactCache.Key("acme", "auth0|uma", "");

    private final FactCache<String> facts = new FactCache<>(AGE, () -> Stopwatch.start(Clock.systemUTC()));
    private final Executor threads = task -> Thread.ofVirtual().start(task);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger lookups = new AtomicInteger();

    @AfterEach
    void answer() {
        answer.countDown();
    }

    @Test
    void A73_a_tenant_that_does_not_answer_keeps_no_look_up_for_another_one_waiting() {
        // Given more people of a tenant that does not answer than anything of a fixed size could keep apart
        for (int i = 0; i < 1000; i++) {
            slowly(new FactCache.Key("slow", "auth0|" + i, ""));
        }
        await().until(() -> lookups.get() == 1000);

        // When
        List<CompletableFuture<String>> others = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            others.add(look(new FactCache.Key("acme", "auth0|" + i, ""), () -> "active"));
        }

        // Then
        assertThat(others).allSatisfy(fact -> assertThat(fact).succeedsWithin(SOON));
    }

    @Test
    void A54_facts_grow_old_although_the_clock_was_set_back() throws Exception {
        var clock = new MovableClock(Instant.parse("2026-11-25T12:00:00Z"));
        var nanos = new AtomicLong();
        var dated = new FactCache<String>(AGE, () -> Stopwatch.start(clock, nanos::get));
        dated.get(UMA, () -> "active");
        clock.move(Duration.ofMinutes(-1));

        nanos.addAndGet(AGE.minusSeconds(1).toNanos());
        assertThat(dated.get(UMA, () -> "blocked").value()).isEqualTo("active");

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(dated.get(UMA, () -> "blocked").value()).isEqualTo("blocked");
    }

    @Test
    void what_is_known_of_somebody_in_two_organizations_is_kept_apart_and_forgotten_together() throws Exception {
        var one = new FactCache.Key("acme", "auth0|uma", "org_one");
        var two = new FactCache.Key("acme", "auth0|uma", "org_two");
        facts.get(one, () -> "member");
        facts.get(two, () -> "guest");
        assertThat(facts.get(one, () -> "gone").value()).isEqualTo("member");
        assertThat(facts.get(two, () -> "gone").value()).isEqualTo("guest");

        facts.forget("acme", "auth0|uma");

        assertThat(facts.get(one, () -> "gone").value()).isEqualTo("gone");
        assertThat(facts.get(two, () -> "gone").value()).isEqualTo("gone");
    }

    @Test
    void what_many_ask_for_at_once_is_looked_up_once() {
        CompletableFuture<String> first = slowly(UMA);
        await().until(() -> lookups.get() == 1);
        CompletableFuture<String> second = slowly(UMA);

        answer.countDown();

        assertThat(first).succeedsWithin(SOON);
        assertThat(second).succeedsWithin(SOON);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void a_look_up_that_was_under_way_when_a_command_changed_somebody_is_not_believed_afterwards() {
        // Given
        CompletableFuture<String> before = slowly(UMA);
        await().until(() -> lookups.get() == 1);

        // When
        facts.forget("acme", "auth0|uma");
        answer.countDown();

        // Then
        assertThat(before).succeedsWithin(SOON).isEqualTo("active");
        assertThat(look(UMA, () -> "blocked")).succeedsWithin(SOON).isEqualTo("blocked");
    }

    @Test
    void a_look_up_that_breaks_is_made_again_by_whoever_asks_next() {
        assertThat(look(UMA, () -> {
                    throw new StackOverflowError();
                }))
                .failsWithin(SOON);

        assertThat(look(UMA, () -> "active")).succeedsWithin(SOON);
    }

    private CompletableFuture<String> slowly(FactCache.Key key) {
        return look(key, () -> {
            lookups.incrementAndGet();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "active";
        });
    }

    private CompletableFuture<String> look(FactCache.Key key, FactCache.Lookup<String> lookup) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return facts.get(key, lookup).value();
                    } catch (Auth0Exception e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }
}
