package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.client.Frontend;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that ask at a steady pace, of each API in turn. A request with an idempotency key is repeated until it is
 * answered for good; one without is sent once, since nobody could tell whether it had been taken.
 */
final class Traffic implements AutoCloseable {

    private static final Duration FIRST_WAIT = Duration.ofMillis(700);
    /** Whoever asks again at once, with many others, keeps down what has just come back. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);

    private static final int TRIES = 15;

    private final List<Frontend> apis;
    private final String token;
    private final Wishes wishes;
    private final Repeating pace;
    private final Together clients = new Together();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger promised = new AtomicInteger();
    private final Queue<History.Promise> promises = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> others = new ConcurrentSkipListMap<>();

    Traffic(List<Frontend> apis, String token, Wishes wishes, Duration betweenRequests) {
        this.apis = apis;
        this.token = token;
        this.wishes = wishes;
        this.pace = new Repeating(betweenRequests, this::ask);
    }

    /** How many requests there were, repetitions aside. */
    int asked() {
        return asked.get();
    }

    /** Every 202. */
    List<History.Promise> promises() {
        return List.copyOf(promises);
    }

    /** How many 202s there were. */
    int promised() {
        return promised.get();
    }

    /** How often something else than 202 came back, by what it was. */
    Map<String, Integer> others() {
        return Map.copyOf(others);
    }

    /** Asks no more, and waits until everything is answered or given up. */
    @Override
    public void close() {
        try {
            pace.close();
        } finally {
            clients.close();
        }
    }

    private void ask() {
        var wish = wishes.next();
        asked.incrementAndGet();
        clients.begin(() -> insist(wish, wish.number()));
        if (wish.twice()) {
            clients.begin(() -> insist(wish, wish.number() + 1));
        }
    }

    private void insist(Wishes.Wish wish, int first) {
        int tries = wish.ask().idempotencyKey().isPresent() ? TRIES : 1;
        var wait = FIRST_WAIT;
        for (int i = 0; i < tries; i++) {
            if (isSettled(wish, apis.get((first + i) % apis.size()))) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(wait.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            var doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        }
        note(tries == 1 ? "sent once, in vain" : "given up");
    }

    private boolean isSettled(Wishes.Wish wish, Frontend api) {
        Answer answer;
        try {
            answer = api.ask(token, wish.ask(), Duration.ZERO);
        } catch (UncheckedIOException e) {
            note("no answer");
            return false;
        }
        if (answer.status() == 202) {
            promised.incrementAndGet();
            promises.add(new History.Promise(answer.id(), wish.ask().idempotencyKey()));
            return true;
        }
        note(answer.inShort());
        return answer.status() != 503 && answer.status() != 429;
    }

    private void note(String what) {
        others.merge(what, 1, Integer::sum);
    }
}
