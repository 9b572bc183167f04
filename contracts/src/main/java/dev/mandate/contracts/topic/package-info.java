/** Topics and everything that is agreed about them: who may read and write which, and how they are set up. */
@NullMarked
package dev.mandate.contracts.topic;

import org.jspecify.annotations.NullMarked;
