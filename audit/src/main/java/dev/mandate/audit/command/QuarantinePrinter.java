package dev.mandate.audit.command;

import dev.mandate.audit.log.Visible;
import dev.mandate.audit.quarantine.Claims;
import dev.mandate.audit.quarantine.Quarantined;
import java.io.PrintStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Prints what is in quarantine. Everything that came out of a record is made safe to look at. */
final class QuarantinePrinter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final List<String> HEAD =
            List.of("POSITION", "TIME (UTC)", "REASON", "ORIGIN", "REQUESTER", "ACTION", "TARGET");
    private static final int WIDEST = 40;
    private static final String GAP = "  ";

    private final PrintStream out;
    private final Style style;

    QuarantinePrinter(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    /** A table on a terminal; elsewhere a line for each, its fields between tabs. */
    void list(List<Quarantined> records) {
        if (!style.terminal()) {
            records.forEach(record -> out.println(String.join(
                    "\t",
                    row(record, record.at().truncatedTo(ChronoUnit.SECONDS).toString()))));
            return;
        }
        List<List<String>> rows = records.stream()
                .map(record -> row(record, TIME.format(record.at())).stream()
                        .map(QuarantinePrinter::cut)
                        .toList())
                .toList();
        var widths = new ArrayList<Integer>();
        for (int i = 0; i < HEAD.size(); i++) {
            int column = i;
            widths.add(rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .reduce(HEAD.get(i).length(), Math::max));
        }
        out.println(style.bold(line(HEAD, widths)));
        rows.forEach(row -> out.println(line(row, widths)));
        out.printf("%n%,d record(s) in quarantine%n", records.size());
    }

    private static List<String> row(Quarantined record, String time) {
        return List.of(
                record.position().toString(),
                time,
                Visible.text(record.reason()),
                record.statement().map(said -> said.origin().toString()).orElse(""),
                signed(record, Claims::subject),
                signed(record, Claims::action),
                signed(record, Claims::target));
    }

    private static String signed(Quarantined record, Function<Claims, String> claim) {
        return Visible.text(record.signedClaims().map(claim).orElse(""));
    }

    private static String line(List<String> row, List<Integer> widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i))
                    .repeat(' ', widths.get(i) - row.get(i).length())
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text) {
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }

    /** One record. Of the arguments only the names are shown, and of what nobody genuine signed nothing. */
    void show(Quarantined record) {
        out.println(style.bold(record.position().toString()));
        say(
                "put there",
                TIME.format(record.at()) + " UTC by "
                        + record.statement()
                                .map(said -> Visible.text(said.worker()))
                                .orElse("nobody known: no worker has signed why"));
        record.statement().ifPresent(said -> {
            say("found at", said.origin().toString());
            say("reason", style.red(Visible.text(said.reason())) + "  " + Visible.text(said.detail()));
        });
        say("value", record.size().map("%,d bytes"::formatted).orElse("none, or too large to be copied"));
        Optional<Claims> claims = record.signedClaims();
        if (claims.isEmpty()) {
            say("signed", "by nobody known; so what it claims is not shown");
            return;
        }
        Claims said = claims.get();
        say("signed", "by " + record.signedBy().orElse("") + ", for " + Visible.text(said.place()));
        say("command", Visible.text(said.id()));
        say("requester", Visible.text(said.subject() + " of " + said.issuer()));
        say("action", Visible.text(said.action() + " on " + said.target() + " in " + said.tenant()));
        say("arguments", Visible.text(String.join(", ", said.argumentNames())));
        said.reason().ifPresent(reason -> say("because", "“" + Visible.text(reason) + "”"));
    }

    private void say(String what, String text) {
        out.printf("  %-10s %s%n", what, text);
    }
}
