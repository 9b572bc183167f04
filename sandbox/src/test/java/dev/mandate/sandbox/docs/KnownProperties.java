package dev.mandate.sandbox.docs;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The configuration properties that a process knows, read out of the sources of its settings' records. */
final class KnownProperties {

    private static final Pattern RECORD = Pattern.compile("record (\\w+)\\s*\\(((?:[^()]|\\([^()]*\\))*)\\)");
    private static final Pattern DEFAULT = Pattern.compile("@DefaultValue\\(\"([^\"]*)\"\\)\\s+[\\w<>, ?]+?\\s+(\\w+)");
    private static final Pattern COMPONENT = Pattern.compile("([\\w<>, ?]+?)\\s+(\\w+)\\s*(?:,|$)");
    private static final Pattern ELEMENT = Pattern.compile("(?:List|Set)<(.+)>|Map<String,\\s*(.+)>");

    private final String root;
    private final Map<String, Map<String, String>> records = new HashMap<>();
    private final Map<String, String> suffixes = new HashMap<>();
    private final Map<String, String> defaults = new HashMap<>();

    /**
     * The properties of a record and of those that it is made of.
     *
     * @param directory where their sources are
     * @param root the record's name
     */
    KnownProperties(Path directory, String root) {
        this.root = root;
        Checkout.files(directory, ".java").forEach(file -> read(Checkout.read(file)));
    }

    /** Whether a property below {@code mandate} is known, in which {@code <…>} is any key and {@code [n]} any index. */
    boolean know(String property) {
        var type = root;
        for (var part : property.replaceFirst("^mandate\\.", "").split("\\.")) {
            if (part.startsWith("<")) {
                continue;
            }
            type = records.getOrDefault(type, Map.of()).get(part.replaceFirst("\\[.*", ""));
            if (type == null) {
                return false;
            }
        }
        return true;
    }

    /** All of them, with {@code <alias>} for any key and {@code [n]} for any index. */
    Set<String> all() {
        var all = new TreeSet<String>();
        collect("mandate", root, all);
        return all;
    }

    /** The default of a property that has one of its own. */
    Optional<String> defaultOf(String property) {
        var type = root;
        var found = Optional.<String>empty();
        for (var part : property.replaceFirst("^mandate\\.", "").split("\\.")) {
            if (!part.startsWith("<")) {
                var name = part.replaceFirst("\\[.*", "");
                found = Optional.ofNullable(defaults.get(type + "." + name));
                type = records.getOrDefault(type, Map.of()).getOrDefault(name, "");
            }
        }
        return found;
    }

    private void collect(String prefix, String type, Set<String> all) {
        records.getOrDefault(type, Map.of()).forEach((name, component) -> {
            var property = prefix + "." + name;
            var below = property + suffixes.getOrDefault(type + "." + name, "");
            if (records.containsKey(component)) {
                collect(below, component, all);
            } else {
                all.add(property);
            }
        });
    }

    private void read(String source) {
        var declared = RECORD.matcher(source);
        while (declared.find()) {
            DEFAULT.matcher(declared.group(2))
                    .results()
                    .forEach(each -> defaults.put(declared.group(1) + "." + kebab(each.group(2)), each.group(1)));
        }
        var found = RECORD.matcher(source.replaceAll("@\\w+(\\(\"[^\"]*\"\\))?\\s*", ""));
        while (found.find()) {
            var components = new LinkedHashMap<String, String>();
            var component = COMPONENT.matcher(found.group(2).strip());
            while (component.find()) {
                var type = component.group(1).strip();
                var name = kebab(component.group(2));
                components.put(name, element(type));
                if (!element(type).equals(type)) {
                    suffixes.put(found.group(1) + "." + name, type.startsWith("Map") ? ".<alias>" : "[n]");
                }
            }
            records.put(found.group(1), components);
        }
    }

    private static String element(String type) {
        var container = ELEMENT.matcher(type);
        if (!container.matches()) {
            return type;
        }
        return container.group(1) == null ? container.group(2) : container.group(1);
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
