package dev.mandate.worker.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final List<JWK> published = new ArrayList<>();
    private boolean away;
    private int fetches;
    private final IssuerKeys keys = new IssuerKeys("https://issuer.example/", this::fetch, clock);

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

    private JWKSet fetch() throws IOException {
        fetches++;
        if (away) {
            throw new IOException("away");
        }
        return new JWKSet(List.copyOf(published));
    }

    private void publish(String kid) throws JOSEException {
        published.add(new ECKeyGenerator(Curve.P_256).keyID(kid).generate().toPublicJWK());
    }
}
