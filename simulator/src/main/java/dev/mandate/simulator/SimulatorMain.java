package dev.mandate.simulator;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.Seed;
import dev.mandate.simulator.tokens.TokenPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A simulator as a process of its own. Where it listens, and the admin interface's secret, it writes to a file that
 * only its owner can read, since arguments and output are seen by others.
 */
public final class SimulatorMain {

    private static final String USAGE = "Usage: --connection FILE [--seed FILE] [--port N] [--admin-port N]"
            + " [--narrowing requested|whole-grant] [--profile auth0|rfc9068]";
    private static final Set<String> KNOWN =
            Set.of("--connection", "--seed", "--port", "--admin-port", "--narrowing", "--profile");

    private SimulatorMain() {}

    /** Starts and stays until it is told to stop. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> options = parse(args);
        String connection = options.get("--connection");
        if (connection == null) {
            throw new IllegalArgumentException(USAGE);
        }
        Simulator simulator = Simulator.start(options(options));
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
        writeConnection(Path.of(connection), simulator);
        new CountDownLatch(1).await();
    }

    static SimulatorOptions options(Map<String, String> given) throws IOException {
        TokenPolicy policy = TokenPolicy.defaults()
                .withNarrowing(
                        switch (given.getOrDefault("--narrowing", "requested")) {
                            case "requested" -> TokenPolicy.Narrowing.REQUESTED;
                            case "whole-grant" -> TokenPolicy.Narrowing.WHOLE_GRANT;
                            default -> throw new IllegalArgumentException(USAGE);
                        })
                .withProfile(
                        switch (given.getOrDefault("--profile", "auth0")) {
                            case "auth0" -> TokenPolicy.Profile.AUTH0;
                            case "rfc9068" -> TokenPolicy.Profile.RFC9068;
                            default -> throw new IllegalArgumentException(USAGE);
                        });
        String seed = given.get("--seed");
        return SimulatorOptions.defaults()
                .withPolicy(policy)
                .withSeed(seed == null ? Seed.empty() : Seed.read(Path.of(seed)))
                .withPorts(
                        Integer.parseInt(given.getOrDefault("--port", "0")),
                        Integer.parseInt(given.getOrDefault("--admin-port", "0")));
    }

    static Map<String, String> parse(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!KNOWN.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException(USAGE);
            }
            options.put(args[i], args[i + 1]);
        }
        return options;
    }

    /** The file appears complete: it is written beside its place and then moved there. */
    static void writeConnection(Path file, Simulator simulator) throws IOException {
        Path whole = file.toAbsolutePath();
        Path draft = whole.resolveSibling(whole.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] content = Json.MAPPER.writeValueAsBytes(Json.object()
                .put("issuer", simulator.issuer().toString())
                .put("management_audience", simulator.managementAudience())
                .put("admin_url", simulator.adminUrl())
                .put("admin_secret", simulator.adminSecret().value()));
        Files.write(draft, content, StandardOpenOption.WRITE);
        Files.move(draft, whole, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}
