package dev.mandate.api.status;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.projection.ProjectionProgress;
import dev.mandate.api.projection.ReadModelUnavailableException;
import dev.mandate.api.security.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** Searches commands for people. */
final class CommandSearch {

    private static final int DEFAULT_LIMIT = 25;
    private static final int MAX_LIMIT = 100;

    private final CommandTable table;
    private final ProjectionProgress progress;
    private final Visibility visibility;
    private final SearchCursor cursors;
    private final Views views;
    private final SignedLinks links;

    CommandSearch(
            CommandTable table,
            ProjectionProgress progress,
            Visibility visibility,
            SearchCursor cursors,
            Views views,
            SignedLinks links) {
        this.table = table;
        this.progress = progress;
        this.visibility = visibility;
        this.cursors = cursors;
        this.views = views;
        this.links = links;
    }

    /**
     * One page.
     *
     * @throws ProblemException with 400 {@code search.invalid} or {@code cursor.invalid}
     * @throws ReadModelUnavailableException when nothing can be said
     */
    CommandPage page(Caller caller, MultiValueMap<String, String> query) {
        CommandFilter filter = CommandFilter.of(query);
        int limit = limit(query);
        Optional<SearchCursor.Place> after = Optional.ofNullable(query.getFirst(CommandFilter.CURSOR))
                .map(cursor -> cursors.decode(caller, filter, cursor));
        // One more than is shown tells whether there is a next page.
        List<CommandState> found = table.search(SearchQuery.of(filter, caller, visibility, after, limit + 1));
        if (!progress.isCurrent()) {
            throw new ReadModelUnavailableException();
        }
        List<CommandState> shown = found.subList(0, Math.min(limit, found.size()));
        return new CommandPage(
                shown.stream()
                        .map(state -> views.sealed(state, links.links(state.id())))
                        .toList(),
                found.size() > limit ? Optional.of(next(caller, filter, query, shown.getLast())) : Optional.empty());
    }

    private String next(Caller caller, CommandFilter filter, MultiValueMap<String, String> query, CommandState last) {
        var place = new SearchCursor.Place(last.submitted().orElseThrow().at(), UUID.fromString(last.id()));
        return UriComponentsBuilder.fromPath(SignedLinks.COMMANDS)
                .queryParams(query)
                .replaceQueryParam(CommandFilter.CURSOR, cursors.encode(caller, filter, place))
                .encode()
                .toUriString();
    }

    private static int limit(MultiValueMap<String, String> query) {
        String text = query.getFirst(CommandFilter.LIMIT);
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // falls through to the refusal below
        }
        throw CommandFilter.invalid("The limit is a number from 1 to " + MAX_LIMIT);
    }
}
