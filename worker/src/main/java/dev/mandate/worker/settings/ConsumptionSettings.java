package dev.mandate.worker.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is taken on at once.
 *
 * @param maxOpen commands of one lane that are read and not yet settled, over all partitions; beyond it nothing more of
 *     that lane is read. With {@code n} tenants, one of them counts for no more than an {@code n}-th of it (a fourth at
 *     least), and {@code n} times as many are held at most (four times)
 * @param maxOpenPerPartition the same for one partition, so that one busy target doesn't stop the others
 * @param concurrency commands of one tenant that are being verified, decided or executed at the same time, the time
 *     included in which what is begun is journaled; those of the bulk lane never take the last quarter
 * @param drain how long running calls may go on when partitions are given back or the worker stops
 * @param longestLifetime how far back the journal is read when a partition is taken over, and how long a repeat of a
 *     command with an idempotency key is recognized; a command that asks for a longer life is refused
 * @param clockSkew how far ahead of the broker's this worker's clock may be, when it reckons whether another worker's
 *     call is over; one that is more than half a minute ahead can journal nothing, since nobody would trust it
 */
public record ConsumptionSettings(
        @DefaultValue("1000") int maxOpen,
        @DefaultValue("200") int maxOpenPerPartition,
        @DefaultValue("128") int concurrency,
        @DefaultValue("10s") Duration drain,
        @DefaultValue("24h") Duration longestLifetime,
        @DefaultValue("1m") Duration clockSkew) {}
