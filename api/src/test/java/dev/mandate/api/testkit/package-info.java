/** What the tests of the intake stand on: a running intake, issuers, people, and a look into the log. */
@NullMarked
package dev.mandate.api.testkit;

import org.jspecify.annotations.NullMarked;
