package dev.mandate.audit;

import dev.mandate.audit.log.Log;
import dev.mandate.audit.verification.Report;
import dev.mandate.audit.verification.Verification;
import dev.mandate.contracts.signing.KeyRing;
import java.time.Duration;

/**
 * The auditor, for programs: what {@code mandate audit} does, without the command line.
 *
 * <pre>{@code
 * try (Log log = KafkaLog.connect(settings, Clock.systemUTC())) { // or Bundle.open(file)
 *     Report report = Audit.verify(log, new KeyRing(ring, Clock.systemUTC()), "prod");
 *     if (!report.holds()) report.findings().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class Audit {

    /** How long after its time an outcome, or a record's way into quarantine, may take before it is missed. */
    public static final Duration GRACE = Duration.ofMinutes(1);

    private Audit() {}

    /**
     * Checks everything in a log.
     *
     * @param log read once, not closed
     * @param ring everybody's public keys
     * @param environment the name that audiences are made of: {@code prod}
     * @throws dev.mandate.audit.log.LogUnreadableException when the log can't be read to its end
     */
    public static Report verify(Log log, KeyRing ring, String environment) {
        return verify(log, ring, environment, GRACE);
    }

    /**
     * The same, with another patience.
     *
     * @param grace how long after its time something may be missing before that is reported
     */
    public static Report verify(Log log, KeyRing ring, String environment, Duration grace) {
        return Verification.of(log, ring, environment, grace, records -> {});
    }
}
