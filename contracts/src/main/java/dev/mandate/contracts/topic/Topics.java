package dev.mandate.contracts.topic;

import java.util.Set;

/** The topics' names. All but {@link #CONTROL} have the same number of partitions, which never changes. */
public final class Topics {

    /** Commands, approvals and cancellations of the interactive lane. */
    public static final String COMMANDS = "mandate.commands";
    /** The same, of the bulk lane. */
    public static final String COMMANDS_BULK = "mandate.commands.bulk";
    /** The journal. */
    public static final String RESULTS = "mandate.results";
    /** Untrusted records, byte for byte, with reason and origin in headers. */
    public static final String QUARANTINE = "mandate.quarantine";
    /** Statements about the system itself. */
    public static final String CONTROL = "mandate.control";

    /** The topics that workers consume. */
    public static final Set<String> COMMAND_TOPICS = Set.of(COMMANDS, COMMANDS_BULK);

    private Topics() {}
}
