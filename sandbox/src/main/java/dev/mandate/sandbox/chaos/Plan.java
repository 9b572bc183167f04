package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.Names;
import dev.mandate.simulator.faults.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** What goes wrong and when: always the same for a seed and a length. Kinds come in turn, so that none is missing. */
final class Plan {

    /** A call is cut off after ten seconds; what the tenant does later than that nobody promises anything about. */
    private static final int LONGEST_DELAY_MILLIS = 4000;

    private static final Duration FIRST = Duration.ofSeconds(3);
    /** How long a process needs to come back after it was killed, or was taken for dead. */
    private static final Duration RECOVERY = Duration.ofSeconds(15);

    private static final Duration RECONNECTION = Duration.ofSeconds(5);

    /**
     * An API that is killed before it could declare what it sent in vain leaves numbers that nobody can explain, and
     * the auditor leaves them open: that is known, so it is not tried.
     */
    private static final Duration DECLARATION = Duration.ofSeconds(20);

    private enum Kind {
        KILL_WORKER,
        FREEZE_WORKER,
        ZOMBIE,
        WORKER_CUT_OFF,
        WORKER_TAKEN_FOR_DEAD,
        WORKER_SLOW,
        TENANT_CUT_OFF,
        TENANT_SLOW,
        KILL_API,
        FREEZE_API,
        API_CUT_OFF,
        API_SLOW,
        KILL_BROKER,
        FREEZE_BROKER,
        ALL_BROKERS,
        LATE,
        LOST,
        CUT,
        CUT_MEANWHILE,
        TOO_MANY,
        SERVER_ERROR
    }

    /**
     * Something that will go wrong.
     *
     * @param at since the beginning
     */
    record Planned(Duration at, Blow blow) {}

    private final Cast cast;
    private final Random random;
    private final Victims victims;
    /** Separately, since everything but being killed may happen to an API that has something to declare. */
    private final Victims declarations;

    private Plan(Cast cast, Random random) {
        this.cast = cast;
        this.random = random;
        this.victims = new Victims(random);
        this.declarations = new Victims(random);
    }

    /** What happens to these processes; in the end all of it is over. */
    static List<Planned> of(long seed, Duration length, Cast cast) {
        return new Plan(cast, new Random(seed)).until(length);
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
            at = at.plus(millis(1500, 5000));
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
            case KILL_WORKER -> kill(cast.workers(), at);
            case FREEZE_WORKER -> freeze(cast.workers(), at, millis(500, 4000));
            // Longer than a session lasts: others take over while it is away, and then it wakes up.
            case ZOMBIE -> freeze(cast.workers(), at, millis(8000, 14000));
            case WORKER_CUT_OFF -> cut(cast.workers(), anyBrokers(), at, millis(1000, 5000));
            // The same as a zombie, but awake all the time.
            case WORKER_TAKEN_FOR_DEAD -> cut(cast.workers(), cast.brokers(), at, millis(8000, 14000));
            case WORKER_SLOW -> slow(cast.workers(), anyBrokers(), at, millis(20, 300));
            case TENANT_CUT_OFF -> cut(cast.workers(), List.of(Names.TENANT), at, millis(500, 3000));
            case TENANT_SLOW -> slow(cast.workers(), List.of(Names.TENANT), at, millis(100, 800));
            case KILL_API ->
                kill(
                        cast.apis().stream()
                                .filter(api -> declarations.isBack(api, at))
                                .toList(),
                        at);
            case FREEZE_API -> inVain(freeze(cast.apis(), at, millis(500, 6000)), at);
            case API_CUT_OFF -> inVain(cut(cast.apis(), anyBrokers(), at, millis(1000, 6000)), at);
            case API_SLOW -> inVain(slow(cast.apis(), anyBrokers(), at, millis(20, 500)), at);
            case KILL_BROKER -> inVain(broker(at, lasts -> broker -> new Blow.Kill(broker, lasts)), at);
            case FREEZE_BROKER -> inVain(broker(at, lasts -> broker -> new Blow.Freeze(broker, lasts)), at);
            case ALL_BROKERS -> inVain(broker(at, lasts -> _ -> new Blow.BrokersAway(lasts)), at);
            case LATE -> storm(new Effect.Delay(millis(200, LONGEST_DELAY_MILLIS)), millis(3000, 6000));
            case LOST -> storm(new Effect.LostAnswer(), millis(1000, 3000));
            case CUT -> storm(new Effect.CutBefore(), millis(1000, 3000));
            case CUT_MEANWHILE -> storm(new Effect.CutMeanwhile(millis(200, LONGEST_DELAY_MILLIS)), millis(1000, 3000));
            case TOO_MANY -> storm(new Effect.TooManyRequests(Optional.of(Duration.ofSeconds(1))), millis(1000, 4000));
            case SERVER_ERROR -> storm(new Effect.ServerError(random.nextBoolean() ? 500 : 503), millis(1000, 4000));
        };
    }

    private Optional<Blow> kill(List<String> processes, Duration at) {
        var lasts = millis(500, 3000);
        return victims.pick(processes, at, at.plus(lasts).plus(RECOVERY)).map(process -> new Blow.Kill(process, lasts));
    }

    private Optional<Blow> freeze(List<String> processes, Duration at, Duration lasts) {
        return victims.pick(processes, at, at.plus(lasts).plus(RECOVERY))
                .map(process -> new Blow.Freeze(process, lasts));
    }

    private Optional<Blow> cut(List<String> processes, List<String> to, Duration at, Duration lasts) {
        return victims.pick(processes, at, at.plus(lasts).plus(RECONNECTION))
                .map(process -> new Blow.Cut(process, to, lasts));
    }

    private Optional<Blow> slow(List<String> processes, List<String> to, Duration at, Duration by) {
        var lasts = millis(3000, 8000);
        return victims.pick(processes, at, at.plus(lasts).plus(RECONNECTION))
                .map(process -> new Blow.Slow(process, to, by, lasts));
    }

    /**
     * One at a time: two of three must be there, or nothing is acknowledged. Half of the time it lasts longer than the
     * others wait, so that a broker which was stopped wakes up as a leader that is none any more.
     */
    private Optional<Blow> broker(Duration at, Function<Duration, Function<String, Blow>> harm) {
        var lasts = random.nextBoolean() ? millis(300, 2500) : millis(4000, 8000);
        return victims.pickOnly(cast.brokers(), at, at.plus(lasts).plus(RECOVERY))
                .map(harm.apply(lasts));
    }

    /** All of them, or one. */
    private List<String> anyBrokers() {
        int one = random.nextInt(2 * cast.brokers().size());
        return one < cast.brokers().size() ? List.of(cast.brokers().get(one)) : cast.brokers();
    }

    /** By this APIs may come to have sent something in vain: the one that is hit, or all if it is none of them. */
    private Optional<Blow> inVain(Optional<Blow> harm, Duration at) {
        harm.ifPresent(blow -> {
            var declared = at.plus(blow.lasts()).plus(DECLARATION);
            var hit = cast.apis().stream().filter(blow::hits).toList();
            (hit.isEmpty() ? cast.apis() : hit).forEach(api -> declarations.leaveAlone(api, declared));
        });
        return harm;
    }

    private static Optional<Blow> storm(Effect effect, Duration lasts) {
        return Optional.of(new Blow.Storm(effect, lasts));
    }

    private Duration millis(int from, int to) {
        return Duration.ofMillis(random.nextInt(from, to));
    }
}
