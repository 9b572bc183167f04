package dev.mandate.audit.command;

import dev.mandate.audit.log.Bundle;
import dev.mandate.audit.log.Log;
import dev.mandate.audit.log.LogUnreadableException;
import dev.mandate.audit.timeline.Query;
import dev.mandate.audit.timeline.Timeline;
import dev.mandate.audit.verification.Report;
import dev.mandate.audit.verification.Verification;
import dev.mandate.contracts.signing.KeyRing;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The auditor's command line. Exit status: 0 everything holds, 1 something does not, 2 it could not be found out, 3
 * nothing is wrong that could be looked at, and not everything could be.
 */
@Command(
        name = "mandate audit",
        description = "Reads the log with read-only rights and public keys, and says what holds.",
        subcommands = CommandLine.HelpCommand.class,
        sortOptions = false)
public final class AuditCommand {

    private static final int DOES_NOT_HOLD = 1;
    private static final int NOT_FOUND_OUT = 2;
    /** Nothing is wrong that could be looked at, but not everything could be. */
    public static final int NOT_WHOLE = 3;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    private AuditCommand(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        quietKafka();
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, isTerminal(), arguments));
    }

    /** Kafka's own words about a broker that is away would bury ours. */
    static void quietKafka() {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "dev/mandate/audit/command/logback-audit.xml");
        }
    }

    /** Whether somebody looks who likes colours. */
    static boolean isTerminal() {
        return System.console() != null
                && System.console().isTerminal()
                && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv("TERM"));
    }

    /**
     * Runs one command.
     *
     * @param terminal whether colours and progress are welcome
     * @return the exit status
     */
    public static int run(PrintStream out, PrintStream err, boolean terminal, String... arguments) {
        return line(new AuditCommand(out, err, terminal), out, err, terminal).execute(arguments);
    }

    /** A command line that says in one sentence what could not be found out. */
    static CommandLine line(Object command, PrintStream out, PrintStream err, boolean terminal) {
        var line = new CommandLine(command);
        line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(terminal ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler((e, failed, parsed) -> {
            if (e instanceof LogUnreadableException || e instanceof IllegalStateException || e instanceof IOException) {
                err.println(e.getMessage());
                return NOT_FOUND_OUT;
            }
            // Not 1: that nothing is wrong with the log, or that something is, was not found out.
            err.println("It could not be found out, by a fault of this program: " + e);
            e.printStackTrace(err);
            return NOT_FOUND_OUT;
        });
        return line;
    }

    @Command(
            name = "verify",
            description = "Check every record: signatures, places, outcomes, decisions, numbering.",
            sortOptions = false,
            mixinStandardHelpOptions = true)
    int verify(
            @ArgGroup(multiplicity = "0..1") @Nullable Source source,
            @Mixin Trust trust,
            @Option(
                            names = "--grace",
                            paramLabel = "SECONDS",
                            defaultValue = "60",
                            description = "How long after its time something may be missing; ${DEFAULT-VALUE} unless"
                                    + " said otherwise.")
                    long grace) {
        KeyRing ring = trust.ring();
        try (Log log = open(source);
                var progress = new Progress(err, terminal, log.extent().size())) {
            Report report = Verification.of(log, ring, trust.environment(), Duration.ofSeconds(grace), progress);
            progress.close();
            new ReportPrinter(out, new Style(terminal)).print(report, trust.environment());
            if (!report.holds()) {
                return DOES_NOT_HOLD;
            }
            return report.isWhole() ? ExitCode.OK : NOT_WHOLE;
        }
    }

    @Command(
            name = "timeline",
            description = "Tell who asked for what, when and why, and what came of it.",
            sortOptions = false,
            mixinStandardHelpOptions = true)
    int timeline(
            @ArgGroup(multiplicity = "0..1") @Nullable Source source,
            @Mixin Trust trust,
            @Option(
                            names = "--target",
                            paramLabel = "ID",
                            description = "Commands that affect this: an id, or type|id.")
                    @Nullable String target,
            @Option(names = "--person", paramLabel = "SUBJECT", description = "Commands of this requester.") @Nullable String person,
            @Option(names = "--tenant", paramLabel = "ALIAS", description = "Commands for this tenant.") @Nullable String tenant) {
        var query = new Query(Optional.ofNullable(target), Optional.ofNullable(person), Optional.ofNullable(tenant));
        KeyRing ring = trust.ring();
        try (Log log = open(source);
                var progress = new Progress(err, terminal, log.extent().size())) {
            Timeline timeline = Timeline.of(log, ring, trust.environment(), query, progress);
            progress.close();
            new TimelinePrinter(out, new Style(terminal)).print(timeline);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "export",
            description = "Copy the topics, byte for byte, into a bundle that can be checked elsewhere.",
            sortOptions = false,
            mixinStandardHelpOptions = true)
    int export(
            @Option(names = "--kafka", paramLabel = "FILE", description = Source.KAFKA_DESCRIPTION) @Nullable Path kafka,
            @Option(names = "--out", paramLabel = "FILE", required = true, description = "The bundle to write.")
                    Path file)
            throws IOException {
        try (Log log = Source.connect(kafka)) {
            out.printf("%,d records are in %s%n", Bundle.write(log, file), file);
            return ExitCode.OK;
        }
    }

    private static Log open(@Nullable Source source) {
        return source == null ? Source.connect(null) : source.open();
    }
}
