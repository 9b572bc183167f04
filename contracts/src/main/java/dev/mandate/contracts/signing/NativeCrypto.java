package dev.mandate.contracts.signing;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Amazon Corretto Crypto: several times as fast as the JDK, where its native library works on this machine. */
public final class NativeCrypto {

    private static final Logger LOG = LoggerFactory.getLogger(NativeCrypto.class);
    private static final Optional<Provider> PROVIDER = load();

    private NativeCrypto() {}

    /** The provider, to be passed to a call; it is never installed globally. Empty where it does not work. */
    public static Optional<Provider> provider() {
        return PROVIDER;
    }

    /** With a native library for another machine it may already fail when its class is loaded. */
    private static Optional<Provider> load() {
        try {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            provider.assertHealthy();
            return Optional.of(provider);
        } catch (RuntimeException | LinkageError e) {
            LOG.atWarn().log("Native cryptography does not work here; slower providers are used");
            return Optional.empty();
        }
    }
}
