package dev.mandate.worker;

import java.util.function.IntConsumer;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationListener;

/** A worker without its loop is of no use; whoever supervises the process starts a fresh one. */
final class ExitWhenBroken implements ApplicationListener<AvailabilityChangeEvent<LivenessState>> {

    private static final int FAILED = 1;

    private final IntConsumer exit;

    /** @param exit ends the process with a status */
    ExitWhenBroken(IntConsumer exit) {
        this.exit = exit;
    }

    /** Exits from a thread of its own, since exiting waits for the loop's. */
    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<LivenessState> event) {
        if (event.getState() == LivenessState.BROKEN) {
            Thread.ofPlatform().name("exit").start(() -> exit.accept(FAILED));
        }
    }
}
