package dev.mandate.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.audit.command.AuditCommand;
import dev.mandate.audit.verification.Check;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ExitCode;

/** What an auditor's report is taken for. */
class HistoryTest {

    @Test
    void a_report_that_everything_holds_is_believed_with_the_status_that_says_so_and_with_no_other() {
        String report = line("ok", Check.CHAINS) + "\nEverything holds.\n";

        assertThat(History.Audit.of(ExitCode.OK, report).holds()).isTrue();
        assertThat(History.Audit.of(ExitCode.SOFTWARE, report).holds()).isFalse();
        assertThat(History.Audit.of(ExitCode.OK, "").holds()).isFalse();
    }

    @Test
    void nothing_but_numbers_may_be_left_open() {
        String numbers = line("ok", Check.EXECUTION) + line("part", Check.CHAINS);

        assertThat(History.Audit.of(AuditCommand.NOT_WHOLE, numbers).holds()).isTrue();
        assertThat(History.Audit.of(AuditCommand.NOT_WHOLE, line("part", Check.EXECUTION))
                        .holds())
                .isFalse();
        assertThat(History.Audit.of(AuditCommand.NOT_WHOLE, numbers + line("part", Check.EXECUTION))
                        .holds())
                .isFalse();
        assertThat(History.Audit.of(AuditCommand.NOT_WHOLE, line("ok", Check.CHAINS))
                        .holds())
                .as("Something is open, and the report does not say what")
                .isFalse();
        assertThat(History.Audit.of(ExitCode.SOFTWARE, numbers).holds()).isFalse();
    }

    private static String line(String sign, Check check) {
        return "  %s %,8d  %s\n".formatted(sign, 3, check.claim());
    }
}
