package dev.mandate.audit.command;

import dev.mandate.audit.log.Log;
import dev.mandate.audit.log.LogUnreadableException;
import dev.mandate.audit.log.Visible;
import dev.mandate.audit.quarantine.Claims;
import dev.mandate.audit.quarantine.Quarantine;
import dev.mandate.audit.quarantine.Quarantined;
import dev.mandate.audit.quarantine.Resubmission;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.Topics;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The quarantine's command line, for operators and auditors: it reads, and puts nothing back. Exit status: 0, 1 there
 * is no such record or nothing can be made of it, 2 it could not be found out.
 */
@Command(
        name = "mandate quarantine",
        description = "Reads what is in quarantine with read-only rights, and puts nothing back.",
        subcommands = CommandLine.HelpCommand.class,
        sortOptions = false)
public final class QuarantineCommand {

    private static final int NONE = 1;
    private static final Set<String> TOPICS = Set.of(Topics.QUARANTINE);

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    private QuarantineCommand(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        AuditCommand.quietKafka();
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, AuditCommand.isTerminal(), arguments));
    }

    /**
     * Runs one command.
     *
     * @param terminal whether a table and colours are welcome
     * @return the exit status
     */
    public static int run(PrintStream out, PrintStream err, boolean terminal, String... arguments) {
        return AuditCommand.line(new QuarantineCommand(out, err, terminal), out, err, terminal)
                .execute(arguments);
    }

    @Command(
            name = "list",
            description = "Say what is in quarantine and why; one record a line, in a table on a terminal.",
            sortOptions = false,
            mixinStandardHelpOptions = true)
    int list(
            @ArgGroup(multiplicity = "0..1") @Nullable Source source,
            @Mixin Trust trust,
            @Option(
                            names = "--reason",
                            paramLabel = "CODE",
                            description =
                                    "Only what is there for this reason; unsigned: for none that a worker has signed.")
                    @Nullable String reason) {
        var found = new ArrayList<Quarantined>();
        read(source, trust, one -> {
            if (reason == null || one.reason().equals(reason)) {
                found.add(one);
            }
        });
        new QuarantinePrinter(out, new Style(terminal)).list(found);
        return ExitCode.OK;
    }

    @Command(
            name = "show",
            description = "Show one record, and nothing of it that is secret or sealed.",
            sortOptions = false,
            mixinStandardHelpOptions = true)
    int show(
            @ArgGroup(multiplicity = "0..1") @Nullable Source source,
            @Mixin Trust trust,
            @Option(
                            names = "--as-request",
                            description =
                                    "Print what it asks for as a body of POST /v1/commands, for you to look at and"
                                            + " to send with your own token.")
                    boolean asRequest,
            @Parameters(paramLabel = "POSITION", description = "As 'list' shows it: " + Topics.QUARANTINE + "/3@17.")
                    String place) {
        Position position = Position.parse(place)
                .filter(parsed -> parsed.topic().equals(Topics.QUARANTINE))
                .orElseThrow(() -> new LogUnreadableException(
                        Visible.text(place) + " is no position like " + Topics.QUARANTINE + "/3@17.", null));
        var found = new ArrayList<Quarantined>();
        read(source, trust, one -> {
            if (one.position().equals(position)) {
                found.add(one);
            }
        });
        if (found.isEmpty()) {
            err.println("There is no record at " + position + ".");
            return NONE;
        }
        if (asRequest) {
            return request(found.getFirst());
        }
        new QuarantinePrinter(out, new Style(terminal)).show(found.getFirst());
        return ExitCode.OK;
    }

    private int request(Quarantined record) {
        Optional<Claims> claims = record.claims();
        Optional<Resubmission> request = claims.flatMap(found -> Resubmission.of(found, Catalogue.bundled()));
        if (request.isEmpty()) {
            err.println("Nothing can be made of the record at " + record.position() + ": "
                    + (record.size().isEmpty() ? "its value is not there." : "it names no action."));
            return NONE;
        }
        err.println(
                record.signedBy().isPresent()
                        ? "Not verified: the intake signed it, but it was not believed ("
                                + Visible.text(record.reason())
                                + "). Read it before you send it; what you send is yours."
                        : "NOT VERIFIED: nobody known signed it, and anybody may have written it. Read every word before you"
                                + " send it; what you send is yours.");
        List<String> missing = request.get().missing();
        if (!missing.isEmpty()) {
            err.println("Left out, since it is secret or may be, for you to fill in: "
                    + Visible.text(String.join(", ", missing)));
        }
        out.println(new String(StrictJson.write(request.get().body()), StandardCharsets.UTF_8));
        return ExitCode.OK;
    }

    private static void read(@Nullable Source source, Trust trust, java.util.function.Consumer<Quarantined> each) {
        try (Log log = source == null ? Source.connect(null, TOPICS) : source.open(TOPICS)) {
            new Quarantine(trust.ring(), trust.environment()).read(log, each);
        }
    }
}
