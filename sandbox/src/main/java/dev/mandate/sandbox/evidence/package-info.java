/** What can be found out about a sandbox from outside: its topics, its tables, its files. */
@NullMarked
package dev.mandate.sandbox.evidence;

import org.jspecify.annotations.NullMarked;
