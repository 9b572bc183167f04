package dev.mandate.audit.command;

import dev.mandate.audit.log.Visible;
import dev.mandate.audit.verification.Check;
import dev.mandate.audit.verification.Finding;
import dev.mandate.audit.verification.Report;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;

/** Prints a report for people. */
final class ReportPrinter {

    private static final String NOT_WHOLE =
            "Nothing is wrong that could be looked at; but not everything could be;" + " the notes say what and why.";

    private final PrintStream out;
    private final Style style;

    ReportPrinter(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    void print(Report report, String environment) {
        out.printf(
                "%s of %s: %,d records, as of %s%n%n",
                style.bold("Audit"),
                environment,
                report.records(),
                report.extent().seenAt().truncatedTo(ChronoUnit.SECONDS));
        report.results().forEach(this::print);
        out.println();
        if (report.holds()) {
            out.println(report.isWhole() ? style.green("Everything holds.") : NOT_WHOLE);
            return;
        }
        out.println(style.bold("What does not hold"));
        report.findings().forEach(this::print);
        long failed = report.results().stream().mapToLong(Report.Result::failed).sum();
        if (failed > report.findings().size()) {
            out.printf("  and %,d more%n", failed - report.findings().size());
        }
        long checks =
                report.results().stream().filter(result -> !result.holds()).count();
        out.printf(
                "%n%s%n",
                style.red(
                        "%d of %d checks do not hold: %,d findings.".formatted(checks, Check.values().length, failed)));
    }

    private void print(Report.Result result) {
        out.printf(
                "  %s %,8d  %s%n",
                sign(result), result.examined(), result.check().claim());
        String indent = " ".repeat(style.terminal() ? 14 : 17);
        out.println(style.faint(indent + "rests on: " + result.check().basis()));
        result.notes().forEach(note -> out.println(style.faint(indent + note)));
        if (!result.holds()) {
            out.println(indent + style.red("%,d do not hold".formatted(result.failed())));
        }
    }

    private String sign(Report.Result result) {
        if (!result.holds()) {
            return style.fails();
        }
        if (result.open() > 0) {
            return style.partly();
        }
        return result.examined() == 0 ? style.nothing() : style.holds();
    }

    private void print(Finding finding) {
        out.printf(
                "%n  %s%s%n    %s: %s%n",
                style.bold(Visible.text(finding.place())),
                finding.command().map(id -> "  command " + id).orElse(""),
                finding.check().id(),
                Visible.text(finding.reason()));
    }
}
