package dev.mandate.worker.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.mandate.worker.time.Stopwatch;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final List<JWK> published = new ArrayList<>();
    private volatile boolean away;
    private volatile int fetches;
    private CountDownLatch stalled = new CountDownLatch(0);
    private Duration slowness = Duration.ZERO;
    private final AtomicLong nanos = new AtomicLong();
    private final IssuerKeys keys =
            new IssuerKeys("https://issuer.example/", this::fetch, clock, () -> Stopwatch.start(clock, nanos::get));

    @Test
    void keys_are_fetched_once_and_kept() throws Exception {
        publish("a");

        assertThat(keys.find("a", now.minusSeconds(1))).isPresent();
        assertThat(keys.find("a", now.minusSeconds(1))).isPresent();

        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void an_unknown_key_is_asked_for_again_but_not_for_every_token() throws Exception {
        publish("a");
        keys.find("a", now.minusSeconds(1));
        now = now.plusSeconds(60);
        publish("b");

        assertThat(keys.find("b", now.minusSeconds(1))).isPresent();
        assertThat(keys.find("c", now.minusSeconds(1))).isEmpty();
        assertThat(keys.find("d", now.minusSeconds(1))).isEmpty();

        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void a_key_is_unknown_only_if_it_was_asked_for_after_the_token_was_used() throws Exception {
        publish("a");
        keys.find("a", now.minusSeconds(1));
        now = now.plusSeconds(1);

        // Asked a second ago, so not asked again yet: it can't be told.
        assertThatThrownBy(() -> keys.find("b", now)).isInstanceOf(KeysUnavailableException.class);

        Instant used = now;
        now = now.plus(IssuerKeys.PAUSE);
        assertThat(keys.find("b", used)).isEmpty();
    }

    @Test
    void keys_that_took_their_time_to_be_fetched_prove_as_much() throws Exception {
        publish("a");
        slowness = Duration.ofSeconds(2);

        assertThat(keys.find("b", now.minusSeconds(1))).isEmpty();
    }

    @Test
    void an_issuer_that_is_away_is_no_proof_of_a_forgery() {
        away = true;

        assertThatThrownBy(() -> keys.find("a", now)).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void A14_a_key_that_its_issuer_has_withdrawn_is_taken_for_minutes_at_most() throws Exception {
        publish("stolen");
        Instant used = now.minusSeconds(1);
        keys.find("stolen", used);
        published.clear();
        publish("new");

        now = now.plus(IssuerKeys.REFRESH).plusSeconds(1);

        assertThat(keys.find("stolen", used)).isEmpty();
        assertThat(keys.find("new", used)).isPresent();
    }

    @Test
    void A14_keys_grow_old_although_the_clock_was_set_back() throws Exception {
        publish("stolen");
        keys.find("stolen", now.minusSeconds(1));
        published.clear();
        publish("new");

        now = now.minus(Duration.ofHours(1));
        nanos.addAndGet(IssuerKeys.REFRESH.plusSeconds(1).toNanos());

        assertThat(keys.find("stolen", now.minusSeconds(1))).isEmpty();
    }

    @Test
    void A14_keys_are_taken_no_longer_without_their_issuer_because_the_clock_was_set_back() throws Exception {
        publish("a");
        keys.find("a", now.minusSeconds(1));
        away = true;

        now = now.minus(Duration.ofDays(1));
        nanos.addAndGet(IssuerKeys.GRACE.plusSeconds(1).toNanos());

        assertThatThrownBy(() -> keys.find("a", now)).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void a_key_that_was_published_since_is_not_taken_for_a_forgery_because_the_clock_was_set_back() throws Exception {
        publish("a");
        keys.find("a", now.minusSeconds(1));
        publish("b");

        now = now.minus(Duration.ofHours(1));

        // Asked a moment ago, so not asked again yet: it can't be told.
        assertThatThrownBy(() -> keys.find("b", now)).isInstanceOf(KeysUnavailableException.class);
        nanos.addAndGet(IssuerKeys.PAUSE.toNanos());
        assertThat(keys.find("b", now)).isPresent();
    }

    @Test
    void keys_stay_good_for_a_while_when_their_issuer_is_away_and_then_nobody_can_tell() throws Exception {
        publish("a");
        Instant used = now.minusSeconds(1);
        keys.find("a", used);
        away = true;

        now = now.plus(IssuerKeys.GRACE);
        assertThat(keys.find("a", used)).isPresent();

        now = now.plusSeconds(1);
        assertThatThrownBy(() -> keys.find("a", used)).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void known_keys_serve_while_an_issuer_that_says_nothing_is_asked() throws Exception {
        // Given
        publish("a");
        keys.find("a", now.minusSeconds(1));
        now = now.plus(IssuerKeys.REFRESH).plusSeconds(1);
        Instant used = now.minusSeconds(1);
        stalled = new CountDownLatch(1);
        Executor threads = task -> Thread.ofVirtual().start(task);
        var asked = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> keys.find("b", used)).isInstanceOf(KeysUnavailableException.class),
                threads);
        await().until(() -> fetches == 2);

        // When
        var meanwhile = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return keys.find("a", used);
                    } catch (KeysUnavailableException e) {
                        throw new CompletionException(e);
                    }
                },
                threads);

        // Then
        assertThat(meanwhile).succeedsWithin(Duration.ofSeconds(10)).matches(Optional::isPresent);
        assertThat(fetches).isEqualTo(2);
        away = true;
        stalled.countDown();
        assertThat(asked).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void an_issuer_that_is_slow_to_say_no_is_given_its_pause_all_the_same() throws Exception {
        // Given an issuer that takes longer than the pause to answer
        away = true;
        slowness = IssuerKeys.PAUSE.plusSeconds(1);

        // When
        for (int command = 0; command < 3; command++) {
            assertThatThrownBy(() -> keys.find("a", now)).isInstanceOf(KeysUnavailableException.class);
        }

        // Then
        assertThat(fetches).isEqualTo(1);
    }

    private JWKSet fetch() throws IOException {
        fetches++;
        now = now.plus(slowness);
        try {
            stalled.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (away) {
            throw new IOException("away");
        }
        return new JWKSet(List.copyOf(published));
    }

    private void publish(String kid) throws JOSEException {
        published.add(new ECKeyGenerator(Curve.P_256).keyID(kid).generate().toPublicJWK());
    }
}
