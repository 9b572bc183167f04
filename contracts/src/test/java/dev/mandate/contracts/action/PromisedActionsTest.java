package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Companies grant permissions by these names; {@code -Dcatalogue.write=true} accepts what has changed. */
class PromisedActionsTest {

    private static final Path PROMISED = Path.of("src/catalogue/promised.txt");

    @Test
    void no_action_disappears_and_no_scope_changes_unseen() throws IOException {
        Map<String, String> offered =
                offered(Catalogue.read(CatalogueSources.table().getBytes(StandardCharsets.UTF_8)));
        if (Boolean.getBoolean("catalogue.write")) {
            Files.write(PROMISED, lines(offered));
        }
        assertThat(differences(parsed(Files.readAllLines(PROMISED)), offered)).isEmpty();
    }

    @Test
    void the_list_of_differences_can_be_read() {
        assertThat(differences(
                        parsed(List.of("a.gone read:a", "b.changed read:b", "c.same read:c")),
                        parsed(List.of("b.changed read:b, update:b", "c.same read:c", "d.new read:d"))))
                .containsExactly(
                        "a.gone has disappeared",
                        "b.changed needs read:b, update:b, no longer read:b",
                        "d.new is new and needs read:d");
    }

    private static List<String> differences(Map<String, String> promised, Map<String, String> offered) {
        var differences = new ArrayList<String>();
        var all = new TreeMap<>(promised);
        all.putAll(offered);
        for (String action : all.keySet()) {
            String before = promised.get(action);
            String now = offered.get(action);
            if (now == null) {
                differences.add(action + " has disappeared");
            } else if (before == null) {
                differences.add(action + " is new and needs " + now);
            } else if (!before.equals(now)) {
                differences.add(action + " needs " + now + ", no longer " + before);
            }
        }
        return differences;
    }

    private static Map<String, String> offered(Catalogue catalogue) {
        var offered = new TreeMap<String, String>();
        for (Action action : catalogue.actions()) {
            var scopes = new StringBuilder(String.join(", ", action.scopes()));
            for (ScopeRule rule : action.scopeRules()) {
                scopes.append(
                                rule.onlyMembers().isEmpty()
                                        ? "; with " + rule.anyMember()
                                        : "; only " + rule.onlyMembers())
                        .append(": ")
                        .append(String.join(", ", rule.scopes()));
            }
            offered.put(action.name(), scopes.toString());
        }
        return offered;
    }

    private static List<String> lines(Map<String, String> actions) {
        return actions.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
    }

    private static Map<String, String> parsed(List<String> lines) {
        var parsed = new TreeMap<String, String>();
        lines.forEach(line -> parsed.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        return parsed;
    }
}
