package dev.mandate.contracts.signing;

import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes keys and lays them out in directories, the way {@link PrivateKeyDirectory} and {@link KeyRing} read them. The
 * steps of a rotation are {@link #publish} the new public key, {@link #activate} it, and later {@link #retire} the old.
 */
public final class KeyFiles {

    private KeyFiles() {}

    /**
     * A new key of a role: its private half stands in the role's directory, not yet active; its public half is returned
     * for {@link #publish}.
     *
     * @param owner {@code intake} or {@code worker}
     * @param types what it may sign; none for a sealing key
     * @throws IOException when the directory can't be written
     */
    public static PublicKeyEntry generate(Path directory, String owner, Set<StatementType> types, Instant now)
            throws IOException {
        boolean signs = !types.isEmpty();
        KeyPair pair = keyPair(signs ? "Ed25519" : "X25519");
        String x = CompactJws.encode(raw(pair.getPublic()));
        String crv = signs ? "Ed25519" : "X25519";
        String date = LocalDate.ofInstant(now, ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
        String kid = owner + "-" + date + "-" + thumbprint(crv, x).substring(0, 8);
        Files.createDirectories(directory);
        Path file = Files.createFile(
                directory.resolve(kid + ".pem"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Pem.write(pair.getPrivate().getEncoded()), StandardCharsets.US_ASCII);
        return new PublicKeyEntry(
                "OKP",
                crv,
                x,
                kid,
                signs ? PublicKeyEntry.SIGNING_ALGORITHM : PublicKeyEntry.SEALING_ALGORITHM,
                signs ? "sig" : "enc",
                owner,
                types.stream().map(StatementType::typ).sorted().toList(),
                now.truncatedTo(ChronoUnit.SECONDS),
                Optional.empty());
    }

    /** Puts a public key into the ring's directory, replacing what stood there under its name. */
    public static void publish(Path ring, PublicKeyEntry entry) throws IOException {
        Files.createDirectories(ring);
        replace(ring.resolve(entry.kid() + ".jwk.json"), StrictJson.write(entry));
    }

    /** Makes this key the active one of a private directory. */
    public static void activate(Path directory, String kid) throws IOException {
        replace(directory.resolve("active"), (kid + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Ends a key's service: what was appended up to this time stays valid. The entry's {@code exp} counts in whole
     * seconds, so the service ends with the second; cut off at its beginning, it would end before what was signed in
     * it.
     */
    public static void retire(Path ring, PublicKeyEntry entry, Instant at) throws IOException {
        Instant end = at.plus(1, ChronoUnit.SECONDS).minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
        publish(
                ring,
                new PublicKeyEntry(
                        entry.kty(),
                        entry.crv(),
                        entry.x(),
                        entry.kid(),
                        entry.alg(),
                        entry.use(),
                        entry.owner(),
                        List.copyOf(entry.types()),
                        entry.notBefore(),
                        Optional.of(end)));
    }

    /** The RFC 7638 thumbprint of an OKP key (RFC 8037 §2), base64url. */
    static String thumbprint(String crv, String x) {
        String members = "{\"crv\":\"" + crv + "\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
        return CompactJws.encode(Hashes.digest(members.getBytes(StandardCharsets.UTF_8)));
    }

    /** Readers see the old file or the new one, never half of one. */
    private static void replace(Path file, byte[] content) throws IOException {
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".draft", "");
        Files.write(draft, content);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static KeyPair keyPair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java 11 and later have " + algorithm, e);
        }
    }

    /** The last 32 bytes of the X.509 encoding are the key (RFC 8410 §4). */
    private static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }
}
