package dev.mandate.api.stream;

import dev.mandate.api.configuration.StreamLimits;
import dev.mandate.api.load.Admission;
import dev.mandate.api.log.LogGapException;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.log.LogReader;
import dev.mandate.api.log.LogReaders;
import dev.mandate.api.log.LogUnavailableException;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Serves event streams, each on the (virtual) thread of its request. */
final class EventStreams {

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StreamHub hub;
    private final StreamPlaces places;
    private final Admission admission;
    private final LogReaders readers;
    private final Replay replay;
    private final Replays replays;
    private final StreamTokens tokens;
    private final Frames frames;
    private final StreamLimits limits;
    private final Clock clock;
    private final MeterRegistry metrics;

    EventStreams(
            StreamHub hub,
            StreamPlaces places,
            Admission admission,
            LogReaders readers,
            Replay replay,
            StreamTokens tokens,
            Frames frames,
            StreamLimits limits,
            Clock clock,
            MeterRegistry metrics) {
        this.hub = hub;
        this.places = places;
        this.admission = admission;
        this.readers = readers;
        this.replay = replay;
        this.replays = new Replays(limits.replays());
        this.tokens = tokens;
        this.frames = frames;
        this.limits = limits;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Serves one stream until it ends.
     *
     * @param start where it begins
     * @throws ProblemException when it can't be begun; nothing is written then
     */
    void serve(Caller caller, Scope scope, Start start, HttpServletResponse response) throws Exception {
        try (StreamPlaces.Place place = places.take(caller)) {
            Optional<EndReason> reason = admission.whileIdle(() -> Optional.of(stream(caller, scope, start, response)));
            metrics.counter(
                            "mandate.streams.ended",
                            "reason",
                            reason.orElseThrow(StreamPlaces::full).code())
                    .increment();
        }
    }

    private EndReason stream(Caller caller, Scope scope, Start start, HttpServletResponse response)
            throws InterruptedException {
        try (Subscription subscription = hub.join(scope).orElseThrow(EventStreams::unavailable)) {
            return start.isNow()
                    ? streamLive(caller, subscription, response)
                    : streamMissed(caller, subscription, start, response);
        } catch (IOException e) {
            return EndReason.GONE;
        }
    }

    private EndReason streamLive(Caller caller, Subscription subscription, HttpServletResponse response)
            throws IOException, InterruptedException {
        EventStream stream = open(caller, subscription, subscription.start(), response);
        return finish(stream, stream.follow());
    }

    /** Reads what was missed first; meanwhile, what happens waits in the subscription. */
    private EndReason streamMissed(Caller caller, Subscription subscription, Start start, HttpServletResponse response)
            throws IOException, InterruptedException {
        EventStream stream;
        try (StreamPlaces.Place place = replays.take(caller.person(), PATIENCE).orElseThrow(StreamPlaces::full);
                LogReader reader = readers.open("stream")) {
            var from = begin(reader, subscription, start);
            stream = open(caller, subscription, from, response);
            boolean complete = replay.run(reader, subscription.scope(), from, subscription.start(), stream);
            if (!complete && !stream.hasEnded()) {
                return finish(stream, EndReason.SLOW);
            }
        } catch (LogUnavailableException | LogGapException e) {
            if (response.isCommitted()) {
                return EndReason.INTERRUPTED;
            }
            throw unavailable();
        }
        return finish(stream, stream.follow());
    }

    private LogPositions begin(LogReader reader, Subscription subscription, Start start) {
        var from = start.positions(reader, subscription.start());
        if (!from.hasReached(reader.beginnings(from.partitions()))
                || from.distanceTo(subscription.start()) > limits.replayed()) {
            throw new ProblemException(
                    HttpStatus.GONE,
                    "stream.position_expired",
                    "Gone",
                    "What happened since then can't be streamed any more; read the commands and begin anew");
        }
        return from;
    }

    private EventStream open(Caller caller, Subscription subscription, LogPositions from, HttpServletResponse response)
            throws IOException {
        response.setStatus(HttpStatus.OK.value());
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // proxies that know it pass events on at once
        var stream = new EventStream(
                caller, subscription, from, tokens, frames, clock, limits.heartbeat(), response.getOutputStream());
        stream.begin();
        return stream;
    }

    private static EndReason finish(EventStream stream, EndReason reason) throws IOException {
        stream.end(reason);
        return reason;
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "stream.unavailable",
                        "Service Unavailable",
                        "The log can't be followed at the moment")
                .retryAfter(RETRY);
    }
}
