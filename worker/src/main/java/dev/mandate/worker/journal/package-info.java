/** What this worker states about commands: signed journal records, and records of the quarantine. */
@NullMarked
package dev.mandate.worker.journal;

import org.jspecify.annotations.NullMarked;
