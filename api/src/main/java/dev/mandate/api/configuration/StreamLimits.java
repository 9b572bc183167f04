package dev.mandate.api.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of event streams.
 *
 * @param total how many may be open at once; more are turned away with 503
 * @param perPerson how many one person may have open at once; more are turned away with 429
 * @param heartbeat how long a stream may be silent
 * @param buffer how many events may wait for a slow reader before its stream is cut
 * @param replays how many streams may catch up with what they missed at once, of each person one; others queue
 * @param replayed how many records of the log a stream may be behind and still catch up
 */
public record StreamLimits(
        @DefaultValue("500") int total,
        @DefaultValue("5") int perPerson,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("256") int buffer,
        @DefaultValue("4") int replays,
        @DefaultValue("200000") long replayed) {}
