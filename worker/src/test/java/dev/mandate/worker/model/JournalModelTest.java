package dev.mandate.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model of the journal, {@code docs/model/journal.pml}, in every order of what can go wrong. */
class JournalModelTest {

    private static final Path MODEL =
            Path.of("..", "docs", "model", "journal.pml").toAbsolutePath().normalize();
    private static final List<String> TOOLS = List.of("spin", "cc");
    private static final String NO_VIOLATION = "errors: 0";
    private static final String VIOLATION = "assertion violated";

    /** Assertions, and that every command gets its outcome. */
    private static final List<String> EVERYTHING = List.of();

    private static final List<String> ASSERTIONS = List.of("-DSAFETY", "-DNOCLAIM");

    @TempDir
    private Path directory;

    @BeforeEach
    void spin_and_a_compiler_are_installed() {
        assumeThat(TOOLS)
                .as("the model is checked where spin and a C compiler are installed: apt-get install spin gcc")
                .allMatch(JournalModelTest::isInstalled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-DTROUBLE=1",
                "-DTROUBLE=2 -DONE_TARGET",
                "-DTROUBLE=1 -DTWO_LANES",
                "-DTROUBLE=1 -DTWO_LANES -DONE_TARGET -DWAIT_BY_TARGET"
            })
    void nothing_that_goes_wrong_breaks_a_property(String options) throws Exception {
        String said = check(options, EVERYTHING);

        assertThat(said).contains(NO_VIOLATION).doesNotContain("max search depth too small", "Search not completed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO_FENCING",
                "NO_OFFSETS_IN_TRANSACTION",
                "STALE_COMMIT",
                "NO_RECOVERY",
                "NO_STABLE_READ",
                "NO_READ_BACK",
                "NO_LOWEST_UNSETTLED",
                "NO_ZOMBIE_WAIT",
                "NO_BEGIN_WITHIN",
                "NO_CALL_TIMEOUT",
                "NO_REPEAT_CLASSES",
                "NO_LEFTOVER_CHECK",
                "NO_DEDUPLICATION"
            })
    void without_any_one_guard_some_property_breaks(String guard) throws Exception {
        assertThat(check("-DTROUBLE=2 -DONE_TARGET -D" + guard, ASSERTIONS)).contains(VIOLATION);
    }

    @ParameterizedTest
    @ValueSource(strings = "NO_SUPERVISOR")
    void a_command_that_never_gets_its_outcome_is_noticed(String guard) throws Exception {
        assertThat(check("-DTROUBLE=2 -DONE_TARGET -D" + guard, EVERYTHING)).contains("acceptance cycle (at depth");
    }

    /** So that docs/model/README.md stays true about what the guards do not reach. */
    @ParameterizedTest
    @ValueSource(strings = {"SLOW_FIRST_BYTE", "TWO_LANES"})
    void what_the_guards_do_not_reach_is_known(String limit) throws Exception {
        assertThat(check("-DTROUBLE=2 -DONE_TARGET -D" + limit, ASSERTIONS)).contains(VIOLATION + " (calls[0]==0)");
    }

    private String check(String options, List<String> properties) throws IOException, InterruptedException {
        List<String> spin = new ArrayList<>(List.of("spin"));
        spin.addAll(Arrays.asList(options.split(" ")));
        spin.addAll(List.of("-a", MODEL.toString()));
        run(spin);
        List<String> cc = new ArrayList<>(List.of("cc", "-o", "pan"));
        cc.addAll(properties);
        cc.add("pan.c");
        run(cc);
        return run(
                properties.equals(EVERYTHING)
                        ? List.of("./pan", "-a", "-n", "-m100000")
                        : List.of("./pan", "-n", "-m100000"));
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(Path::of)
                .anyMatch(place -> Files.isExecutable(place.resolve(tool)));
    }
}
