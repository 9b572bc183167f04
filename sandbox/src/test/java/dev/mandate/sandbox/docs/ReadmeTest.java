package dev.mandate.sandbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say of the project's files is so. */
class ReadmeTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (`mandate\\.[^|]+)\\|([^|]*)\\|([^|]*)\\|([^|\\n]*)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final KnownProperties API = new KnownProperties(
            Checkout.ROOT.resolve("api/src/main/java/dev/mandate/api/configuration"), "MandateProperties");
    private static final KnownProperties WORKER = new KnownProperties(
            Checkout.ROOT.resolve("worker/src/main/java/dev/mandate/worker/settings"), "WorkerSettings");

    private final NamedTests tests = new NamedTests(Checkout.tests());
    private final LauncherCommands launcher = new LauncherCommands(Checkout.read(Checkout.ROOT.resolve("mandate")));

    static List<Path> documents() {
        return Checkout.documents();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_test_that_is_named_is_there(Path document) {
        assertThat(tests.missingIn(Checkout.read(document))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_command_that_is_told_is_known_to_the_launcher(Path document) {
        assertThat(launcher.unknownIn(Checkout.read(document))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_somewhere(Path document) {
        assertThat(Links.brokenIn(document, Checkout.read(document))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/configuration.md"})
    void every_property_that_is_told_is_known_to_the_processes_that_it_is_for(String document) {
        assertThat(told(document)).hasSizeGreaterThan(10).allSatisfy(told -> {
            assertThat(API.know(told.property())).as("api: " + told.property()).isEqualTo(told.api());
            assertThat(WORKER.know(told.property()))
                    .as("worker: " + told.property())
                    .isEqualTo(told.worker());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/configuration.md"})
    void every_default_is_told_as_it_is(String document) {
        int checked = 0;
        for (var told : told(document)) {
            var inCode = API.defaultOf(told.property()).or(() -> WORKER.defaultOf(told.property()));
            if (inCode.isPresent()) {
                assertThat(told.value()).as(told.property()).isEqualTo(inCode);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(8);
    }

    @Test
    void every_property_is_told() {
        // Given
        var told = Stream.of("README.md", "docs/configuration.md")
                .flatMap(document -> told(document).stream())
                .map(one -> one.property().replaceFirst("\\[n]$", ""))
                .collect(Collectors.toSet());

        // Then
        assertThat(API.all()).contains("mandate.tenants.<alias>.applications", "mandate.batch.in-flight");
        assertThat(WORKER.all()).contains("mandate.tenants.<alias>.credentials[n].client-id", "mandate.issuers[n].url");
        assertThat(told).containsAll(API.all()).containsAll(WORKER.all());
    }

    /** @param value what stands last in its line, in its place among several */
    private record Told(String property, boolean api, boolean worker, Optional<String> value) {}

    private static List<Told> told(String document) {
        var told = new ArrayList<Told>();
        ROW.matcher(Checkout.read(Checkout.ROOT.resolve(document))).results().forEach(row -> {
            var first = "";
            var names = CODE.matcher(row.group(1)).results().toList();
            var values = CODE.matcher(row.group(4)).results().toList();
            for (var name : names) {
                // What begins with a dot stands beside the first one.
                var property = name.group(1).startsWith(".")
                        ? first.substring(0, first.lastIndexOf('.')) + name.group(1)
                        : name.group(1);
                first = first.isEmpty() ? property : first;
                int place = values.size() - names.size() + names.indexOf(name);
                told.add(new Told(
                        property,
                        isTicked(row.group(2)),
                        isTicked(row.group(3)),
                        place < 0
                                ? Optional.empty()
                                : Optional.of(values.get(place).group(1))));
            }
        });
        return told;
    }

    @Test
    void the_demos_story_is_told_within_the_first_forty_lines() {
        assertThat(Checkout.read(Checkout.ROOT.resolve("README.md")).lines().limit(40))
                .anyMatch(line -> line.matches("(\\d+) of \\1 steps as expected"));
    }

    @Test
    void what_is_not_there_is_found_out() {
        var sources = new NamedTests(Map.of("ThisIT", "void A1_is_there() {}"));

        assertThat(sources.missingIn("`ThisIT`, `ThisIT.A1_…`, `A1_…` and `ThisIT.A1_is_there`"))
                .isEmpty();
        assertThat(sources.missingIn("`ThatIT`, `ThisIT.A2_…`, `A3_…`, `ThisIT.A1_is`"))
                .containsExactly("ThatIT", "ThisIT.A2_…", "ThisIT.A3_…", "ThisIT.A1_is");
        assertThat(launcher.unknownIn("./mandate demo, ./mandate dance, ./mandate audit verify, ./mandate audit dance"))
                .containsExactly("./mandate dance", "./mandate audit dance");
        assertThat(Links.brokenIn(
                        Checkout.ROOT.resolve("README.md"),
                        "# A heading\n[a](pom.xml) [b](nowhere.md) [c](#a-heading) [d](#none) [e](https://e.example)"))
                .containsExactly("nowhere.md", "#none");
        assertThat(WORKER.know("mandate.tenants.<alias>.credentials[n].client-id"))
                .isTrue();
        assertThat(WORKER.know("mandate.tenants.<alias>.credentials[n].client-name"))
                .isFalse();
        assertThat(API.know("mandate.tenants.<alias>.credentials[n]")).isFalse();
    }

    private static boolean isTicked(String cell) {
        return cell.contains("✓");
    }
}
