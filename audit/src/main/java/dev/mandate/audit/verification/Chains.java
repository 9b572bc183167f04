package dev.mandate.audit.verification;

import dev.mandate.contracts.command.Chain;
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

/**
 * The numbering of what each run of an API instance signed. It runs through all topics and partitions, so it is looked
 * at when everything has been read.
 */
final class Chains {

    private final Map<String, Instance> instances = new TreeMap<>();

    /**
     * @param believed whether it was taken for a command; what is in quarantine fills a number, but can't fork a chain
     */
    private record Link(
            long sequence, Digest hash, Digest previous, Position position, Instant appendedAt, boolean believed) {}

    /** Half of a hash of a hash: there may be millions, and only whoever holds the key could look for two alike. */
    private record Digest(long high, long low) {

        static final Digest NONE = new Digest(0, 0);

        static Digest of(String hash) {
            ByteBuffer bytes = ByteBuffer.wrap(Hashes.digest(hash.getBytes(StandardCharsets.UTF_8)));
            return new Digest(bytes.getLong(), bytes.getLong());
        }
    }

    private static final class Instance {
        private final List<Link> links = new ArrayList<>();
        private final Set<Long> declared = new HashSet<>();
    }

    /** A signed command was found. */
    void found(Chain chain, String payloadHash, Position position, Instant appendedAt, boolean believed) {
        instance(chain)
                .links
                .add(new Link(
                        chain.sequence(),
                        Digest.of(payloadHash),
                        chain.previous().map(Digest::of).orElse(Digest.NONE),
                        position,
                        appendedAt,
                        believed));
    }

    /** The instance says that it does not know whether the broker took this number. */
    void uncertain(Chain chain) {
        instance(chain).declared.add(chain.sequence());
    }

    /**
     * Looks for gaps and forks.
     *
     * @param removedUntil up to when retention has removed records of some partition: a gap before it proves nothing
     */
    void examine(Tally tally, Instant removedUntil) {
        instances.forEach((name, instance) -> examine(name, instance, tally, removedUntil));
    }

    private static void examine(String name, Instance instance, Tally tally, Instant removedUntil) {
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
                gap(name, instance, expected, here.getFirst(), removedUntil, tally);
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
    }

    private static void gap(
            String name, Instance instance, long expected, Link after, Instant removedUntil, Tally tally) {
        if (!after.appendedAt.isAfter(removedUntil)) {
            tally.note(Check.CHAINS, "gap(s) older than what the log still holds");
            return;
        }
        long missing = after.sequence - expected;
        long declared = instance.declared.stream()
                .filter(number -> number >= expected && number < after.sequence)
                .count();
        if (declared > 0) {
            tally.note(Check.CHAINS, "gap(s) explained by a send of uncertain fate");
        }
        if (missing > declared) {
            fails(
                    tally,
                    after,
                    "Of " + name + ", " + (missing - declared) + " number(s) from " + expected + " to "
                            + (after.sequence - 1) + " are missing before it, and no declaration explains them.");
        }
    }

    private static void fails(Tally tally, Link link, String reason) {
        tally.fails(Check.CHAINS, link.position.toString(), reason);
    }

    private Instance instance(Chain chain) {
        return instances.computeIfAbsent(chain.instance(), name -> new Instance());
    }
}
