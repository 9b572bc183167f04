package dev.mandate.sandbox;

import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.sandbox.broker.SetupScript;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The sandbox's command line, which {@code ./mandate} starts. */
@Command(name = "mandate", description = "Delegated administration for Auth0, as signed commands on Kafka.")
public final class SandboxCommand {

    private final PrintStream out;

    private SandboxCommand(PrintStream out) {
        this.out = out;
    }

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SandboxCommand(System.out)).execute(arguments));
    }

    @Command(name = "topics", description = "Print the script that sets up topics and access rules on a broker.")
    void topics() {
        out.print(new SetupScript(AccessMatrix.load()).text());
    }
}
