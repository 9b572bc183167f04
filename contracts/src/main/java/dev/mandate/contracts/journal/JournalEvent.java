package dev.mandate.contracts.journal;

import dev.mandate.contracts.command.CommandReference;

/** What the worker states about a command. */
public sealed interface JournalEvent permits Started, Outcome, Repeat {

    /** The record that it speaks of. */
    CommandReference command();
}
