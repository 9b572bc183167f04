package dev.mandate.audit.command;

import dev.mandate.audit.log.Visible;
import dev.mandate.audit.timeline.Entry;
import dev.mandate.audit.timeline.Timeline;
import java.io.PrintStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints a timeline for people. Everything that came out of a record is made safe to look at. */
final class TimelinePrinter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String INDENT = " ".repeat(21);

    private final PrintStream out;
    private final Style style;

    TimelinePrinter(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    void print(Timeline timeline) {
        timeline.entries().forEach(this::print);
        out.printf(
                "%s%,d command(s), as of %s; times are UTC%n",
                timeline.entries().isEmpty() ? "" : "\n",
                timeline.entries().size(),
                timeline.seenAt().truncatedTo(ChronoUnit.SECONDS));
        if (timeline.untrusted() > 0) {
            out.printf(
                    "%,d record(s) are left out, since they are not what they claim: 'verify' says more%n",
                    timeline.untrusted());
        }
    }

    private void print(Entry entry) {
        String sets = entry.sets().stream()
                .map(Visible::text)
                .collect(Collectors.joining(
                        ", ", entry.sets().isEmpty() ? "" : " (", entry.sets().isEmpty() ? "" : ")"));
        out.printf(
                "%s  %s%s  %s%s on %s %s in %s%n",
                TIME.format(entry.at()),
                style.bold(Visible.text(entry.person())),
                entry.organization()
                        .map(organization -> " of " + Visible.text(organization))
                        .orElse(""),
                style.bold(Visible.text(entry.action())),
                sets,
                Visible.text(entry.target().type()),
                Visible.text(entry.target().id()),
                Visible.text(entry.tenant()));
        entry.reason().ifPresent(reason -> out.println(INDENT + "“" + Visible.text(reason) + "”"));
        out.println(INDENT
                + result(entry.result())
                + style.faint("  command " + entry.command()
                        + entry.client()
                                .map(client -> " by " + Visible.text(client))
                                .orElse("")));
        entry.result().steps().forEach(step -> out.println(INDENT + "  " + result(step)));
        entry.settled().ifPresent(word -> out.println(INDENT + settled(word)));
    }

    private String result(Entry.Result result) {
        var text = new StringBuilder(result.status());
        result.code().ifPresent(code -> text.append(": ").append(Visible.text(code)));
        result.at().ifPresent(at -> text.append(" at ").append(TIME.format(at).substring(11)));
        // Of a macro each step says this for itself.
        if (result.steps().isEmpty()) {
            text.append(call(result.httpStatus(), result.attempt()));
        }
        return colored(result.status(), text.toString());
    }

    private static String settled(Entry.Settled word) {
        return (word.done() ? "done" : "not done") + ", says " + Visible.text(word.person()) + " at "
                + TIME.format(word.at()) + ": “" + Visible.text(word.reason()) + "”";
    }

    private String result(Entry.Step step) {
        String code = step.code().map(reason -> ": " + Visible.text(reason)).orElse("");
        return Visible.text(step.action())
                + " "
                + colored(step.status(), step.status() + code + call(step.httpStatus(), step.attempt()));
    }

    private static String call(Optional<Integer> httpStatus, int attempt) {
        return httpStatus.map(status -> ", HTTP " + status).orElse("") + (attempt > 1 ? ", attempt " + attempt : "");
    }

    private String colored(String status, String text) {
        return switch (status) {
            case "succeeded", "accepted_upstream" -> style.green(text);
            case "waiting", "started", "duplicate", "not_done" -> text;
            default -> style.red(text);
        };
    }
}
