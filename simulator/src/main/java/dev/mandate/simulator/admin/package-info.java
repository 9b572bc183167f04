/** The operator's HTTP interface beside the tenant: change state, inject faults, read the journal. */
@NullMarked
package dev.mandate.simulator.admin;

import org.jspecify.annotations.NullMarked;
