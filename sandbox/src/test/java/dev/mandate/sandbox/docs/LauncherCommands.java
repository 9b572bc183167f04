package dev.mandate.sandbox.docs;

import dev.mandate.audit.command.AuditCommand;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Commands of the launcher that a document tells people to run. */
final class LauncherCommands {

    private static final Pattern COMMAND = Pattern.compile("\\./mandate ([a-z]+)(?: ([a-z]+))?");
    private static final Pattern CASE = Pattern.compile("(?m)^  ([a-z |-]+)\\)$");

    private final List<String> known;

    /** @param launcher the launcher's own text */
    LauncherCommands(String launcher) {
        known = CASE.matcher(launcher)
                .results()
                .flatMap(match -> Pattern.compile(" \\| ").splitAsStream(match.group(1)))
                .toList();
    }

    /** Those that it does not know. */
    List<String> unknownIn(String document) {
        return COMMAND.matcher(document)
                .results()
                .filter(match -> !known.contains(match.group(1))
                        || match.group(1).equals("audit") && match.group(2) != null && !auditKnows(match.group(2)))
                .map(match -> match.group())
                .toList();
    }

    private static boolean auditKnows(String subcommand) {
        try (var nothing = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            return AuditCommand.run(nothing, nothing, false, "help", subcommand) == 0;
        }
    }
}
