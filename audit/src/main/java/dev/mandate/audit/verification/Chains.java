package dev.mandate.audit.verification;

import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.RunEnd;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.topic.LogRecord.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbering of what each run of an API instance signed. It runs through all topics and partitions, so it is looked
 * at when everything has been read.
 */
final class Chains {

    private final Map<String, Instance> instances = new TreeMap<>();

    /**
     * @param believed whether it was taken for a command; what is in quarantine fills a number, but can't fork a chain
     */
    record Link(
            long sequence,
            Digest hash,
            Digest previous,
            Position position,
            Instant signedAt,
            Instant appendedAt,
            boolean believed) {}

    /** Half of a hash of a hash: there may be millions, and only whoever holds the key could look for two alike. */
    record Digest(long high, long low) {

        static final Digest NONE = new Digest(0, 0);

        static Digest of(String hash) {
            ByteBuffer bytes = ByteBuffer.wrap(Hashes.digest(hash.getBytes(StandardCharsets.UTF_8)));
            return new Digest(bytes.getLong(), bytes.getLong());
        }
    }

    /** The run's word that it has ended in order. */
    record End(long sequence, Digest hash, Position position, Instant appendedAt) {}

    static final class Instance {
        final List<Link> links = new ArrayList<>();
        final Set<Long> declared = new HashSet<>();
        Instant lastSignedAt = Instant.MIN;

        @Nullable End end;
    }

    /** A signed statement was found. */
    void found(
            Chain chain,
            String payloadHash,
            Position position,
            Instant signedAt,
            Instant appendedAt,
            boolean believed) {
        Instance instance = instance(chain.instance());
        if (signedAt.isAfter(instance.lastSignedAt)) {
            instance.lastSignedAt = signedAt;
        }
        instance.links.add(new Link(
                chain.sequence(),
                Digest.of(payloadHash),
                chain.previous().map(Digest::of).orElse(Digest.NONE),
                position,
                signedAt,
                appendedAt,
                believed));
    }

    /** The instance says that it does not know whether the broker took this number. */
    void uncertain(Chain chain) {
        instance(chain.instance()).declared.add(chain.sequence());
    }

    /** The instance says that it has ended in order, and which number was the last. */
    void ended(RunEnd.Last last, Position position, Instant appendedAt) {
        Instance instance = instance(last.instance());
        if (instance.end == null) {
            instance.end = new End(last.sequence(), Digest.of(last.hash()), position, appendedAt);
        }
    }

    /**
     * Looks for gaps and forks.
     *
     * @param removedUntil up to when retention has removed records of some partition: a gap before it proves nothing
     * @param seenAt when the ends of the log were read
     */
    void examine(Tally tally, Instant removedUntil, Instant seenAt) {
        instances.forEach((name, instance) ->
                examine(name, instance, tally, new Gaps(name, instance, tally, removedUntil, seenAt)));
    }

    private static void examine(String name, Instance instance, Tally tally, Gaps gaps) {
        instance.links.sort(Comparator.comparingLong(Link::sequence)
                .thenComparing(link -> !link.believed)
                .thenComparing(link -> link.position.topic())
                .thenComparingInt(link -> link.position.partition())
                .thenComparingLong(link -> link.position.offset()));
        long expected = 1;
        Set<Digest> before = Set.of(Digest.NONE);
        int i = 0;
        while (i < instance.links.size()) {
            int end = i;
            long sequence = instance.links.get(i).sequence;
            while (end < instance.links.size() && instance.links.get(end).sequence == sequence) {
                end++;
            }
            List<Link> here = instance.links.subList(i, end);
            boolean gap = sequence > expected;
            if (gap) {
                gaps.before(here.getFirst(), expected);
            }
            Set<Digest> hashes = new HashSet<>();
            for (Link link : here) {
                tally.examined(Check.CHAINS);
                boolean fork = link.believed && !hashes.isEmpty() && !hashes.contains(link.hash);
                if (sequence < 1) {
                    fails(tally, link, "Number " + sequence + " of " + name + " is none; they begin with 1.");
                } else if (fork) {
                    fails(tally, link, "Number " + sequence + " of " + name + " was given to two commands: a fork.");
                } else if (link.believed && !gap && !before.contains(link.previous)) {
                    fails(
                            tally,
                            link,
                            "It names another record as number " + (sequence - 1) + " of " + name
                                    + " than the one that is there.");
                }
                hashes.add(link.hash);
            }
            before = Set.copyOf(hashes);
            expected = Math.max(expected, sequence + 1);
            i = end;
        }
        gaps.atTheEnd(expected, before);
    }

    private static void fails(Tally tally, Link link, String reason) {
        tally.fails(Check.CHAINS, link.position.toString(), reason);
    }

    private Instance instance(String name) {
        return instances.computeIfAbsent(name, none -> new Instance());
    }
}
