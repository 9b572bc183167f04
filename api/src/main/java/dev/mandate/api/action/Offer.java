package dev.mandate.api.action;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.ActionMark;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An action as it can be found: what does not depend on who looks.
 *
 * @param action the action
 * @param kind what it does to what is there
 * @param needs the permissions that every use needs: the scopes, and those of marks on the whole action
 * @param text what a search looks through, in lower case
 */
record Offer(Action action, ActionKind kind, List<String> needs, String text) {

    private static final String HUMP = "(?<=[a-z0-9])(?=[A-Z])";

    static Offer of(Action action) {
        List<String> needs = Stream.concat(
                        action.scopes().stream(),
                        action.marks().stream()
                                .filter(mark -> mark.at().matches())
                                .map(mark -> mark.permission(action.name())))
                .distinct()
                .toList();
        return new Offer(action, ActionKind.of(action), needs, text(action));
    }

    /** Whether the action is about this resource: {@code users}, or narrower {@code users.roles}. */
    boolean isOf(String resource) {
        return action.name().startsWith(resource + ".");
    }

    /** The name as it stands and in words, the route, the scopes, and the reasons of its marks. */
    private static String text(Action action) {
        return Stream.of(
                        Stream.of(action.name(), action.name().replaceAll(HUMP, " "), action.method(), action.path()),
                        action.scopes().stream(),
                        action.marks().stream().map(ActionMark::because))
                .flatMap(parts -> parts)
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT);
    }
}
