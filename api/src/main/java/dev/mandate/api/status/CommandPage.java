package dev.mandate.api.status;

import java.util.List;
import java.util.Optional;

/**
 * One page of a search.
 *
 * @param commands newest first
 * @param next where the next page is; absent on the last
 */
record CommandPage(List<CommandView> commands, Optional<String> next) {}
