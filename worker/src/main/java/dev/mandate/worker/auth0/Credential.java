package dev.mandate.worker.auth0;

import com.auth0.client.auth.AuthAPI;
import com.auth0.client.auth.RSAClientAssertionSigner;
import dev.mandate.contracts.signing.Pem;
import dev.mandate.worker.settings.CredentialSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collection;
import java.util.Set;

/** One application that the worker may act as, with its means of authentication already read. */
final class Credential {

    private final String clientId;
    private final Set<String> scopes;
    private final Authentication authentication;

    private sealed interface Authentication {

        record Secret(String value) implements Authentication {

            @Override
            public String toString() {
                return "client secret";
            }
        }

        record Key(RSAPrivateKey key) implements Authentication {

            @Override
            public String toString() {
                return "private key";
            }
        }
    }

    private Credential(String clientId, Set<String> scopes, Authentication authentication) {
        this.clientId = clientId;
        this.scopes = scopes;
        this.authentication = authentication;
    }

    /**
     * Reads the files that a setting names.
     *
     * @throws IllegalStateException when they can't be read or hold something else; the message names the file only
     */
    static Credential read(CredentialSettings settings) {
        return new Credential(settings.clientId(), settings.scopes(), authentication(settings));
    }

    private static Authentication authentication(CredentialSettings settings) {
        try {
            if (settings.clientSecretFile() != null) {
                String secret = Files.readString(settings.clientSecretFile(), StandardCharsets.UTF_8)
                        .strip();
                if (secret.isEmpty()) {
                    throw new IllegalStateException(settings.clientSecretFile() + " is empty");
                }
                return new Authentication.Secret(secret);
            }
            if (settings.privateKeyFile() == null) {
                throw new IllegalStateException("A credential needs a secret or a key");
            }
            var spec = new PKCS8EncodedKeySpec(Pem.read(settings.privateKeyFile()));
            return new Authentication.Key(
                    (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(spec));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("The credential of " + settings.clientId() + " can't be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(settings.privateKeyFile() + " holds no RSA private key in PKCS#8");
        }
    }

    String clientId() {
        return clientId;
    }

    /** Whether the application's grant covers these scopes, as far as configured. */
    boolean covers(Collection<String> wanted) {
        return scopes.isEmpty() || scopes.containsAll(wanted);
    }

    /** How much the grant covers; a grant of unknown extent counts as the widest. */
    int breadth() {
        return scopes.isEmpty() ? Integer.MAX_VALUE : scopes.size();
    }

    /** The SDK's client for the token endpoint of a tenant, authenticating as this application. */
    AuthAPI client(String tenantUrl, SdkTransport transport) {
        AuthAPI.Builder builder = switch (authentication) {
            case Authentication.Secret(String secret) -> AuthAPI.newBuilder(tenantUrl, clientId, secret);
            case Authentication.Key(RSAPrivateKey key) ->
                AuthAPI.newBuilder(tenantUrl, clientId, new RSAClientAssertionSigner(key));
        };
        return builder.withHttpClient(transport).build();
    }

    @Override
    public String toString() {
        return "credential " + clientId + " by " + authentication;
    }
}
