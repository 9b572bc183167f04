package dev.mandate.sandbox.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Who can be hit when: whoever was hit is left alone until there has been time to come back. */
final class Victims {

    private final Random random;
    private final Map<String, Duration> backAt = new HashMap<>();

    Victims(Random random) {
        this.random = random;
    }

    /** Whether that one has come back from everything. */
    boolean isBack(String process, Duration at) {
        return backAt.getOrDefault(process, Duration.ZERO).compareTo(at) <= 0;
    }

    /** One of these who has come back, if there is one; it is left alone until then. */
    Optional<String> pick(List<String> processes, Duration at, Duration until) {
        var there = processes.stream().filter(process -> isBack(process, at)).toList();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        var victim = there.get(random.nextInt(there.size()));
        leaveAlone(victim, until);
        return Optional.of(victim);
    }

    /** Of these only one can be hit at a time. */
    Optional<String> pickOnly(List<String> processes, Duration at, Duration until) {
        if (!processes.stream().allMatch(process -> isBack(process, at))) {
            return Optional.empty();
        }
        var victim = pick(processes, at, until);
        processes.forEach(process -> leaveAlone(process, until));
        return victim;
    }

    void leaveAlone(String process, Duration until) {
        backAt.merge(process, until, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
}
