package dev.mandate.sandbox.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tests that a document names: {@code FooIT}, {@code FooTest.a_method_…}, and in the same line further methods of the
 * class named last.
 */
final class NamedTests {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST = Pattern.compile("([A-Z][A-Za-z0-9]*(?:IT|Test))(?:\\.(\\w+…?))?");
    private static final Pattern METHOD = Pattern.compile("[A-Za-z]\\w*_…");

    private final Map<String, String> sources;

    /** @param sources the sources of all tests, by class name */
    NamedTests(Map<String, String> sources) {
        this.sources = sources;
    }

    /** What is named and is not there. */
    List<String> missingIn(String document) {
        var missing = new ArrayList<String>();
        document.lines().forEach(line -> {
            var last = "";
            var code = CODE.matcher(line);
            while (code.find()) {
                var named = TEST.matcher(code.group(1));
                if (named.matches()) {
                    last = named.group(1);
                    if (!sources.containsKey(last)) {
                        missing.add(last);
                    } else if (named.group(2) != null && !has(last, named.group(2))) {
                        missing.add(code.group(1));
                    }
                } else if (!last.isEmpty() && METHOD.matcher(code.group(1)).matches() && !has(last, code.group(1))) {
                    missing.add(last + "." + code.group(1));
                }
            }
        });
        return missing;
    }

    private boolean has(String name, String method) {
        var exact = method.endsWith("…") ? Pattern.quote(method.substring(0, method.length() - 1)) + "\\w*" : method;
        return Pattern.compile("void " + exact + "\\(")
                .matcher(sources.getOrDefault(name, ""))
                .find();
    }
}
