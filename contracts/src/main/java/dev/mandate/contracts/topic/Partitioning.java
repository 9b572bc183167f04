package dev.mandate.contracts.topic;

import dev.mandate.contracts.signing.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Which partition a record key belongs to. The API names it in the signed claims, so it must never depend on a client.
 */
public final class Partitioning {

    private Partitioning() {}

    /**
     * The partition of a key: the first eight bytes of its SHA-256, unsigned, modulo the number of partitions.
     *
     * @param partitions the topic's number of partitions, at least 1
     */
    public static int partition(String key, int partitions) {
        long hash = ByteBuffer.wrap(Hashes.digest(key.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return (int) Long.remainderUnsigned(hash, partitions);
    }
}
