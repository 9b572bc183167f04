package dev.mandate.contracts.action;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes {@code docs/actions.md} out of the table. */
final class ActionsPage {

    private static final String INTRODUCTION = """
            # Actions

            Made from the catalogue by `CatalogueIsCurrentTest`; how and why it says what it says is in \
            [contracts/src/catalogue](../contracts/src/catalogue/README.md). Not edited by hand.

            %d operations of Auth0's Management API and %d macros.

            - **Scopes** are the least that do the job. A requester needs permissions of the same names in the company's own API; the worker takes a token with no others.
            - **Kind**: *reads*; *changes*; *loses*, where something is gone for good. *Later*: Auth0 answers 202 and does it afterwards.
            - **Second try**, after a crash or a lost answer: *safe* (it reads), *idempotent* (nothing more changes), *guarded* (it is refused with 409), *unsafe* (it would be done twice, so Mandate does not).
            - **Secrets**: arguments (→) that are sealed to the worker, and results (←) that only the requester sees. `*` stands for each element or member.
            - **Besides**: what needs a permission of its own besides the scopes, by this name, with the mark: escalation (E), takeover (T), exfiltration (X). A name with a colon is needed only where that argument is given.

            """;

    private ActionsPage() {}

    static String of(Catalogue catalogue) {
        List<Action> macros =
                catalogue.actions().stream().filter(Action::isMacro).toList();
        var page =
                new StringBuilder(INTRODUCTION.formatted(catalogue.operations().size(), macros.size()));
        var resources =
                catalogue.operations().stream().collect(groupingBy(ActionsPage::resource, TreeMap::new, toList()));
        page.append(resources.keySet().stream()
                .map(resource -> "[%s](#%s)".formatted(resource, anchor(resource)))
                .collect(joining(" · ", "", "\n")));
        page.append("\n## Macros\n\nOne command, several operations, one after another; the first failure ends it.\n\n")
                .append("| Action | Steps | Scopes | Kind | Second try | Besides |\n|---|---|---|---|---|---|\n");
        macros.forEach(macro -> page.append(row(
                name(macro),
                macro.steps().stream().map(step -> code(step.action())).collect(joining(", ")),
                scopes(macro),
                kind(macro),
                again(macro),
                besides(macro))));
        resources.forEach((resource, actions) -> {
            page.append("\n## ").append(resource).append("\n\n");
            page.append(
                    "| Action | Request | Scopes | Kind | Second try | Secrets | Besides |\n|---|---|---|---|---|---|---|\n");
            actions.forEach(action -> page.append(row(
                    name(action),
                    code(action.method() + " " + action.path()),
                    scopes(action),
                    kind(action),
                    again(action),
                    secrets(action),
                    besides(action))));
        });
        return page.toString();
    }

    private static String resource(Action action) {
        return action.name().substring(0, action.name().indexOf('.'));
    }

    private static String anchor(String resource) {
        return resource.toLowerCase(Locale.ROOT);
    }

    private static String name(Action action) {
        String stage = action.lifecycle()
                .map(lifecycle -> switch (lifecycle) {
                    case GENERALLY_AVAILABLE -> "";
                    case EARLY_ACCESS -> " (early access)";
                    case BETA -> " (beta)";
                })
                .orElse("");
        return code(action.name()) + stage;
    }

    private static String scopes(Action action) {
        var scopes = new ArrayList<String>();
        scopes.add(action.scopes().stream().map(ActionsPage::code).collect(joining(", ")));
        for (ScopeRule rule : action.scopeRules()) {
            String named = Stream.concat(rule.onlyMembers().stream(), rule.anyMember().stream())
                    .map(pointer -> code(inBody(pointer.toString())))
                    .collect(joining(", "));
            scopes.add((rule.onlyMembers().isEmpty() ? "with " : "only ") + named + ": "
                    + rule.scopes().stream().map(ActionsPage::code).collect(joining(", ")));
        }
        return String.join("; ", scopes);
    }

    private static String kind(Action action) {
        String kind = action.reads() ? "reads" : action.destructive() ? "**loses**" : "changes";
        return action.async() ? kind + ", later" : kind;
    }

    private static String again(Action action) {
        return switch (action.repeat()) {
            case SAFE -> "safe";
            case IDEMPOTENT -> "idempotent";
            case GUARDED -> "guarded";
            case UNSAFE -> "unsafe";
        };
    }

    private static String secrets(Action action) {
        return Stream.concat(
                        action.secretArguments().stream().map(pattern -> "→ " + code(inBody(pattern.toString()))),
                        action.secretResults().stream()
                                .map(pattern -> "← " + code(pattern.toString().substring(1))))
                .collect(joining(", "));
    }

    private static String besides(Action action) {
        return action.marks().stream()
                .map(mark -> code(mark.permission(action.name())) + " " + letter(mark.mark()))
                .distinct()
                .collect(joining(", "));
    }

    private static String letter(Mark mark) {
        return switch (mark) {
            case ESCALATION -> "(E)";
            case TAKEOVER -> "(T)";
            case EXFILTRATION -> "(X)";
        };
    }

    private static String inBody(String pointer) {
        return pointer.replaceFirst("^/body/?", "").replaceFirst("^/", "");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(String... cells) {
        return Stream.of(cells).collect(joining(" | ", "| ", " |\n"));
    }
}
