package dev.mandate.api.log;

import java.util.List;

/** Hears of records as they arrive. Called by one thread, which must not be held up. */
public interface LiveListener {

    /**
     * Records arrived.
     *
     * @param events in the order of their partition
     * @param reached where the follower stands behind them
     */
    void arrived(List<LiveEvent> events, LogPositions reached);

    /** Records may have been missed: the log no longer has what came next. */
    void interrupted();
}
