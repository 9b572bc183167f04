package dev.mandate.api.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of batches: of an instance of the intake, where nothing else is said.
 *
 * @param lines how many lines a batch may have
 * @param perSecond how many lines a second are taken from one requester; a faster one is read more slowly
 * @param perPerson how many batches one requester may send or download at once; more are turned away with 429
 * @param total how many batches are sent or downloaded at once; more are turned away with 503. Half of the intake's
 *     places are the most that batches get, however much is set here
 * @param inFlight how much of all batches may be on its way to the broker; as long as it is, no more is read
 * @param refusals after how many refused lines a batch is stopped
 * @param lifetime how long after signing a command of a batch may be executed; at most as long as the worker remembers
 */
public record BatchLimits(
        @DefaultValue("100000") int lines,
        @DefaultValue("1000") int perSecond,
        @DefaultValue("2") int perPerson,
        @DefaultValue("16") int total,
        @DefaultValue("8MB") DataSize inFlight,
        @DefaultValue("1000") int refusals,
        @DefaultValue("24h") Duration lifetime) {

    /** @throws IllegalArgumentException when a limit would let nothing in */
    public BatchLimits {
        if (lines < 1 || perSecond < 1 || perPerson < 1 || total < 1 || refusals < 1) {
            throw new IllegalArgumentException("mandate.batch.* must let a batch in");
        }
        if (inFlight.compareTo(DataSize.ofMegabytes(1)) < 0) {
            throw new IllegalArgumentException("mandate.batch.in-flight must have room for a few commands: 1 MB");
        }
    }
}
