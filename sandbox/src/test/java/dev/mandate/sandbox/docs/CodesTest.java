package dev.mandate.sandbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The codes that people get to see are told, and no others. */
class CodesTest {

    private static final String FAMILIES =
            "(?:policy|action|authorization|credential|upstream|command|tenant|token|arguments"
                    + "|journal|catalogue|internal|record|jws|claims|bind|headers)\\.[a-z_]+";
    private static final Pattern IN_CODE = Pattern.compile("\"(" + FAMILIES + ")\"");
    /** Whatever an outcome says, of whichever family. */
    private static final Pattern SAID = Pattern.compile(
            "(?:Problem|wrong|OutcomeError|Denial|Refused|Unavailable|forbids)\\(\\s*\"([a-z_]+\\.[a-z_]+)\"");

    private static final Pattern IN_TABLES = Pattern.compile("`(" + FAMILIES + ")`(?=[^|\\n]*\\|)");

    @Test
    void every_code_of_an_outcome_or_of_the_quarantine_is_told() {
        var used = Stream.of(
                        "worker/src/main/java",
                        "contracts/src/main/java/dev/mandate/contracts/policy",
                        "contracts/src/main/java/dev/mandate/contracts/signing")
                .flatMap(directory -> Checkout.files(Checkout.ROOT.resolve(directory), ".java").stream())
                .flatMap(file -> codes(IN_CODE, Checkout.read(file)).stream())
                .collect(Collectors.toSet());

        var said = Checkout.files(Checkout.ROOT.resolve("worker/src/main/java"), ".java").stream()
                .flatMap(file -> codes(SAID, Checkout.read(file)).stream())
                .collect(Collectors.toSet());

        assertThat(said).hasSizeGreaterThan(15);
        assertThat(used).hasSizeGreaterThan(40).containsAll(said);
        assertThat(codes(IN_TABLES, Checkout.read(Checkout.ROOT.resolve("docs/codes.md"))))
                .containsExactlyInAnyOrderElementsOf(used);
    }

    private static Set<String> codes(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }
}
