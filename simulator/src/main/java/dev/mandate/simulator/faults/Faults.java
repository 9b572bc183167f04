package dev.mandate.simulator.faults;

import dev.mandate.simulator.http.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The faults in force, in the order in which they were injected. */
public final class Faults {

    private final Map<Integer, Armed> armed = new LinkedHashMap<>();
    private int last;

    private static final class Armed {
        private final Fault fault;
        private final CountDownLatch removed = new CountDownLatch(1);
        private int left;

        Armed(Fault fault) {
            this.fault = fault;
            this.left = fault.times();
        }
    }

    /**
     * A fault that has struck a request.
     *
     * @param effect what it does
     * @param removed opens when the fault is removed
     */
    public record Strike(Effect effect, CountDownLatch removed) {

        /**
         * Waits as long as the effect says, or until the fault is removed.
         *
         * @throws InterruptedException when the simulator stops meanwhile
         */
        public void holdUp() throws InterruptedException {
            switch (effect) {
                case Effect.Delay delay -> {
                    if (removed.await(delay.by().toNanos(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                }
                case Effect.Hold _ -> removed.await();
                case Effect.TooManyRequests _,
                        Effect.ServerError _,
                        Effect.CutBefore _,
                        Effect.CutMeanwhile _,
                        Effect.LostAnswer _,
                        Effect.OtherAnswer _ -> {}
            }
        }
    }

    /** Puts a fault in force; the answer is a number to remove it by. */
    public synchronized int inject(Fault fault) {
        armed.put(++last, new Armed(fault));
        return last;
    }

    /** Ends a fault and releases whom it holds; answers whether there was one with this number. */
    public synchronized boolean remove(int number) {
        Armed found = armed.remove(number);
        if (found != null) {
            found.removed.countDown();
        }
        return found != null;
    }

    /** Ends all faults. */
    public synchronized void clear() {
        List.copyOf(armed.keySet()).forEach(this::remove);
    }

    /** The faults that can still strike, or still hold somebody, by number. */
    public synchronized Map<Integer, Fault> inForce() {
        Map<Integer, Fault> faults = new LinkedHashMap<>();
        armed.forEach((number, each) -> faults.put(number, each.fault));
        return faults;
    }

    /** What strikes this request: any number of passing effects, then at most one that decides its fate. */
    public synchronized List<Strike> strike(Request request) {
        List<Strike> strikes = new ArrayList<>();
        List<Integer> spent = new ArrayList<>();
        for (Map.Entry<Integer, Armed> entry : armed.entrySet()) {
            Armed each = entry.getValue();
            if (each.left > 0 && each.fault.matches(request)) {
                each.left--;
                strikes.add(new Strike(each.fault.effect(), each.removed));
                if (each.left == 0 && !(each.fault.effect() instanceof Effect.Hold)) {
                    spent.add(entry.getKey());
                }
                if (!each.fault.effect().passing()) {
                    break;
                }
            }
        }
        spent.forEach(armed::remove);
        return strikes;
    }
}
