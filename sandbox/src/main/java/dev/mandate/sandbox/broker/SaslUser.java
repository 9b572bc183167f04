package dev.mandate.sandbox.broker;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * A user of the broker, who logs in with SCRAM-SHA-512 (RFC 5802, with SHA-512).
 *
 * @param name the principal's name; letters, digits and hyphens
 * @param password letters, digits, hyphens and underscores, so that it needs no quoting in a JAAS line
 */
public record SaslUser(String name, String password) {

    private static final int PASSWORD_BYTES = 24;

    /**
     * Checks what it is given.
     *
     * @throws IllegalArgumentException when the name or the password would need quoting
     */
    public SaslUser {
        if (!name.matches("[A-Za-z0-9-]+") || !password.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("a user's name and password must not need quoting");
        }
    }

    /** A user with a fresh password of 192 random bits. */
    public static SaslUser generate(String name, SecureRandom random) {
        var bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return new SaslUser(name, HexFormat.of().formatHex(bytes));
    }

    /** The value of {@code sasl.jaas.config} for this user. It holds the password. */
    public String jaasConfig() {
        return "%s required username=\"%s\" password=\"%s\";"
                .formatted(ScramLoginModule.class.getName(), name, password);
    }

    /** What a Kafka client needs to log in as this user. It holds the password. */
    public Map<String, String> clientSettings(String bootstrapServers) {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                "SASL_PLAINTEXT",
                SaslConfigs.SASL_MECHANISM,
                "SCRAM-SHA-512",
                SaslConfigs.SASL_JAAS_CONFIG,
                jaasConfig());
    }

    /** {@link #clientSettings} as the properties that a client's constructor takes. */
    public Properties clientProperties(String bootstrapServers) {
        var properties = new Properties();
        properties.putAll(clientSettings(bootstrapServers));
        return properties;
    }

    @Override
    public String toString() {
        return "SaslUser[name=" + name + ", password=(hidden)]";
    }
}
