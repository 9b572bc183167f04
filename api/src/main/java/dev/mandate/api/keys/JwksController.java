package dev.mandate.api.keys;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.PublicKeyEntry;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /.well-known/jwks.json}: the keys that verify commands and receipts, current and retired. */
@RestController
class JwksController {

    private static final MediaType JWK_SET = MediaType.parseMediaType("application/jwk-set+json");
    private static final Duration MAX_AGE = Duration.ofMinutes(1);
    private static final String OWNER = "intake";

    private final KeyRing ring;

    JwksController(KeyRing ring) {
        this.ring = ring;
    }

    /** A JWK set (RFC 7517 §5). */
    record JwkSet(@JsonProperty("keys") List<Jwk> keys) {}

    /** A public key with the members that any JOSE library knows (RFC 7517 §4, RFC 8037 §2). */
    record Jwk(
            @JsonProperty("kty") String kty,
            @JsonProperty("crv") String crv,
            @JsonProperty("x") String x,
            @JsonProperty("kid") String kid,
            @JsonProperty("alg") String alg,
            @JsonProperty("use") String use) {

        static Jwk of(PublicKeyEntry entry) {
            return new Jwk(entry.kty(), entry.crv(), entry.x(), entry.kid(), entry.alg(), entry.use());
        }
    }

    @GetMapping("/.well-known/jwks.json")
    ResponseEntity<JwkSet> keys() {
        List<Jwk> keys = ring.entries().stream()
                .filter(entry -> entry.signs() && entry.owner().equals(OWNER))
                .map(Jwk::of)
                .toList();
        return ResponseEntity.ok()
                .contentType(JWK_SET)
                .cacheControl(CacheControl.maxAge(MAX_AGE).cachePublic())
                .body(new JwkSet(keys));
    }
}
