package dev.mandate.worker.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of calls to Auth0.
 *
 * @param connectTimeout for a connection to come about
 * @param beginWithin how long after its {@code started} a call may begin; later it is journaled as started anew
 * @param callTimeout for a whole call, connecting included; then it is cut off. Only when {@code beginWithin} and this
 *     have passed does another worker touch a target whose call it knows nothing of
 * @param maxResponse the largest answer that is read; sealed and signed it must fit into a record of the broker
 * @param firstRetryAfter how long to wait after a first failure; each further wait doubles, with jitter
 * @param longestWait the longest wait between two tries, unless Auth0 itself asks for a longer one
 * @param findOutWithin how long Auth0's own log is asked whether a write was done whose answer was lost; it shows what
 *     was done only seconds later
 */
public record ExecutionSettings(
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("5s") Duration beginWithin,
        @DefaultValue("10s") Duration callTimeout,
        @DefaultValue("512KB") DataSize maxResponse,
        @DefaultValue("250ms") Duration firstRetryAfter,
        @DefaultValue("10s") Duration longestWait,
        @DefaultValue("30s") Duration findOutWithin) {}
