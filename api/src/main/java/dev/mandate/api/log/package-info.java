/**
 * The topics as this process reads them: positions, verified events, one live follower, and opaque tokens for places.
 */
@NullMarked
package dev.mandate.api.log;

import org.jspecify.annotations.NullMarked;
