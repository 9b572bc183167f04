/** Who is calling: access tokens from the configured issuers, and nothing else, say so. */
@NullMarked
package dev.mandate.api.security;

import org.jspecify.annotations.NullMarked;
