package dev.mandate.contracts.command;

import dev.mandate.contracts.signing.Hashes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes ids: of commands, and of any other statement. */
public final class CommandIds {

    private static final long VERSION_7 = 0x7000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;
    private final RandomGenerator random;

    /** Ids by this clock and this source of randomness, which must be cryptographically strong in production. */
    public CommandIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new UUIDv7 (RFC 9562 §5.7): milliseconds since the epoch, then 74 random bits. */
    public CommandId next() {
        long high = (clock.millis() << 16) | VERSION_7 | (random.nextLong() & 0x0fffL);
        return id(high, random.nextLong());
    }

    /**
     * The UUIDv8 of these parts (RFC 9562 §5.8): the same parts, in the same order, always give the same id; it needs
     * no state that API instances share.
     */
    public static CommandId derived(List<String> parts) {
        var bytes = new ByteArrayOutputStream();
        for (String part : parts) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            // The length stands first, so that no two lists of parts run together into the same bytes.
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            bytes.writeBytes(text);
        }
        ByteBuffer hash = ByteBuffer.wrap(Hashes.digest(bytes.toByteArray()));
        return id((hash.getLong() & ~0xf000L) | VERSION_8, hash.getLong());
    }

    private static CommandId id(long high, long low) {
        return new CommandId(new UUID(high, (low >>> 2) | VARIANT).toString());
    }
}
