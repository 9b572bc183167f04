package dev.mandate.audit.log;

import dev.mandate.contracts.topic.LogRecord;

/**
 * The topics, up to where they ended when they were looked at.
 *
 * <p>Records come grouped by partition number, all topics together, since everything about one command is in partitions
 * of one number; within a group they come in the order of their times of appending, and within a partition by offset.
 * So a reader has to remember one group at a time.
 */
public interface Log extends AutoCloseable {

    /** What is looked at. */
    Extent extent();

    /**
     * Reads everything, once.
     *
     * @throws LogUnreadableException when it can't be read to its end
     */
    void read(Reader reader);

    /** Lets go of what was opened. */
    @Override
    void close();

    /** Takes what is read. */
    interface Reader {

        /** The next record. */
        void record(LogRecord record);

        /**
         * Something about the log itself is not as it should be.
         *
         * @param place a record's position, or a line of a bundle
         * @param reason one sentence
         */
        void suspect(String place, String reason);
    }
}
