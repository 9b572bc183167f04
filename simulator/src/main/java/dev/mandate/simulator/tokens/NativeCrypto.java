package dev.mandate.simulator.tokens;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.util.Optional;

/** Makes RSA keys many times as fast as Java does, which counts where a tenant is started for each test. */
final class NativeCrypto {

    private static final Optional<Provider> PROVIDER = load();

    private NativeCrypto() {}

    /** Empty where its native library does not work: then the JDK does the same. */
    static Optional<Provider> provider() {
        return PROVIDER;
    }

    private static Optional<Provider> load() {
        try {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            provider.assertHealthy();
            return Optional.of(provider);
        } catch (RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }
}
