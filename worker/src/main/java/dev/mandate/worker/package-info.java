/** The worker: alone with the Management credentials, it believes nobody and signs what it did. */
@NullMarked
package dev.mandate.worker;

import org.jspecify.annotations.NullMarked;
