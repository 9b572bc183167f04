package dev.mandate.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mandate.worker.model.ModelChecker.Properties;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The model of the journal, {@code docs/model/journal.pml}, in every order of what can go wrong. */
class JournalModelTest {

    private static final String NO_VIOLATION = "errors: 0";
    private static final String VIOLATION = "assertion violated";
    private static final String TWO_CALLS_AT_ONCE = VIOLATION + " (calls[0]==0)";

    private static final List<String> AS_IT_IS = List.of(
            "-DTROUBLE=1",
            "-DTROUBLE=1 -DTWO_LANES",
            "-DTROUBLE=1 -DTWO_LANES -DONE_TARGET",
            "-DTROUBLE=2 -DONE_TARGET");

    private static final List<String> WITHOUT_A_GUARD = Stream.of(
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
                    "NO_WAIT_FOR_LOST",
                    "NO_REPEAT_CLASSES",
                    "NO_LEFTOVER_CHECK",
                    "NO_DEDUPLICATION")
            .map(guard -> "-DTROUBLE=2 -DONE_TARGET -D" + guard)
            .toList();

    private static final String WITHOUT_A_SUPERVISOR = "-DTROUBLE=2 -DONE_TARGET -DNO_SUPERVISOR";
    private static final String WITH_A_SLOW_FIRST_BYTE = "-DTROUBLE=2 -DONE_TARGET -DSLOW_FIRST_BYTE";
    private static final String WITHOUT_WAITING_BY_TARGET = "-DTROUBLE=2 -DTWO_LANES -DONE_TARGET -DNO_WAIT_BY_TARGET";

    @TempDir
    private static Path directory;

    private static ModelChecker checker;

    @BeforeAll
    static void begin_all_at_once() {
        assumeThat(ModelChecker.isInstalled())
                .as("the model is checked where spin and a C compiler are installed: apt-get install spin gcc")
                .isTrue();
        checker = new ModelChecker(directory);
        AS_IT_IS.reversed().forEach(options -> checker.begin(options, Properties.ALL));
        checker.begin(WITHOUT_A_SUPERVISOR, Properties.ALL);
        WITHOUT_A_GUARD.forEach(options -> checker.begin(options, Properties.ASSERTIONS));
        checker.begin(WITH_A_SLOW_FIRST_BYTE, Properties.ASSERTIONS);
        checker.begin(WITHOUT_WAITING_BY_TARGET, Properties.ASSERTIONS);
    }

    @AfterAll
    static void end() {
        if (checker != null) {
            checker.close();
        }
    }

    @ParameterizedTest
    @FieldSource("AS_IT_IS")
    void nothing_that_goes_wrong_breaks_a_property(String options) {
        assertThat(checker.said(options))
                .contains(NO_VIOLATION)
                .doesNotContain("max search depth too small", "Search not completed");
    }

    @ParameterizedTest
    @FieldSource("WITHOUT_A_GUARD")
    void without_any_one_guard_some_property_breaks(String options) {
        assertThat(checker.said(options)).contains(VIOLATION);
    }

    @Test
    void what_does_not_wait_for_another_commands_call_is_called_beside_it() {
        assertThat(checker.said(WITHOUT_WAITING_BY_TARGET)).contains(TWO_CALLS_AT_ONCE);
    }

    @Test
    void a_command_that_never_gets_its_outcome_is_noticed() {
        assertThat(checker.said(WITHOUT_A_SUPERVISOR)).contains("acceptance cycle (at depth");
    }

    /** So that docs/model/README.md stays true about what the guards do not reach. */
    @Test
    void what_the_guards_do_not_reach_is_known() {
        assertThat(checker.said(WITH_A_SLOW_FIRST_BYTE)).contains(TWO_CALLS_AT_ONCE);
    }
}
