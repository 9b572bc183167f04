package dev.mandate.sandbox.chaos;

import dev.mandate.simulator.faults.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What goes wrong and when: always the same for a seed and a length. Kinds come in turn, so that none is missing. */
final class Plan {

    /** A call is cut off after ten seconds; what the tenant does later than that nobody promises anything about. */
    private static final int LONGEST_DELAY_MILLIS = 4000;

    private static final Duration FIRST = Duration.ofSeconds(3);
    /** A process that was hit is left alone until it has had time to come back. */
    private static final Duration RECOVERY = Duration.ofSeconds(15);

    /**
     * An API that is killed before it could declare what it sent in vain leaves numbers that nobody can explain, and
     * the auditor leaves them open: that is known, so it is not tried.
     */
    private static final Duration DECLARATION = Duration.ofSeconds(20);

    private static final List<String> BROKER = List.of("broker");

    private enum Kind {
        KILL_WORKER,
        FREEZE_WORKER,
        ZOMBIE,
        KILL_API,
        BROKER,
        LATE,
        LOST,
        CUT,
        TOO_MANY,
        SERVER_ERROR
    }

    /**
     * Something that will go wrong.
     *
     * @param at since the beginning
     */
    record Planned(Duration at, Blow blow) {}

    private final List<String> workers;
    private final List<String> apis;
    private final Random random;
    private final Map<String, Duration> backAt = new HashMap<>();

    private Plan(List<String> workers, List<String> apis, Random random) {
        this.workers = workers;
        this.apis = apis;
        this.random = random;
    }

    /** What happens to these processes; in the end all of it is over. */
    static List<Planned> of(long seed, Duration length, List<String> workers, List<String> apis) {
        return new Plan(workers, apis, new Random(seed)).until(length);
    }

    private List<Planned> until(Duration length) {
        var planned = new ArrayList<Planned>();
        var deck = new ArrayList<Kind>();
        var at = FIRST;
        while (at.compareTo(length) < 0) {
            if (deck.isEmpty()) {
                deck.addAll(List.of(Kind.values()));
                Collections.shuffle(deck, random);
            }
            var moment = at;
            next(deck, at).ifPresent(blow -> planned.add(new Planned(moment, blow)));
            at = at.plus(millis(2000, 6000));
        }
        return List.copyOf(planned);
    }

    /** The first kind in the deck that is possible now; those before it keep their turn. */
    private Optional<Blow> next(List<Kind> deck, Duration at) {
        for (int i = deck.size() - 1; i >= 0; i--) {
            var blow = blow(deck.get(i), at);
            if (blow.isPresent()) {
                deck.remove(i);
                return blow;
            }
        }
        return Optional.empty();
    }

    private Optional<Blow> blow(Kind kind, Duration at) {
        return switch (kind) {
            case KILL_WORKER -> kill(workers, at);
            case KILL_API -> kill(apis, at);
            case FREEZE_WORKER -> freeze(at, millis(500, 4000));
            // Longer than a session lasts: others take over while it is away, and then it wakes up.
            case ZOMBIE -> freeze(at, millis(8000, 14000));
            case BROKER -> broker(at, millis(1000, 4000));
            case LATE -> storm(new Effect.Delay(millis(200, LONGEST_DELAY_MILLIS)), millis(3000, 6000));
            case LOST -> storm(new Effect.LostAnswer(), millis(1000, 3000));
            case CUT -> storm(new Effect.CutBefore(), millis(1000, 3000));
            case TOO_MANY -> storm(new Effect.TooManyRequests(Optional.of(Duration.ofSeconds(1))), millis(1000, 4000));
            case SERVER_ERROR -> storm(new Effect.ServerError(random.nextBoolean() ? 500 : 503), millis(1000, 4000));
        };
    }

    private Optional<Blow> kill(List<String> processes, Duration at) {
        var lasts = millis(500, 3000);
        return victim(processes, at, lasts).map(process -> new Blow.Kill(process, lasts));
    }

    private Optional<Blow> freeze(Duration at, Duration lasts) {
        return victim(workers, at, lasts).map(process -> new Blow.Freeze(process, lasts));
    }

    private Optional<Blow> broker(Duration at, Duration lasts) {
        var back = at.plus(lasts).plus(DECLARATION);
        return victim(BROKER, at, lasts).map(_ -> {
            apis.forEach(api -> backAt.merge(api, back, (one, other) -> one.compareTo(other) > 0 ? one : other));
            return new Blow.BrokerAway(lasts);
        });
    }

    private static Optional<Blow> storm(Effect effect, Duration lasts) {
        return Optional.of(new Blow.Storm(effect, lasts));
    }

    private Optional<String> victim(List<String> processes, Duration at, Duration lasts) {
        var there = processes.stream()
                .filter(process -> backAt.getOrDefault(process, Duration.ZERO).compareTo(at) <= 0)
                .toList();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        var victim = there.get(random.nextInt(there.size()));
        backAt.put(victim, at.plus(lasts).plus(RECOVERY));
        return Optional.of(victim);
    }

    private Duration millis(int from, int to) {
        return Duration.ofMillis(random.nextInt(from, to));
    }
}
