package dev.mandate.sandbox.database;

import dev.mandate.sandbox.net.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A real PostgreSQL as a process of its own, on 127.0.0.1 and a port that was free when this was made, with one
 * database and one user who owns it. Everybody needs a password, the superuser too. It comes back at the same address
 * after {@link #stop()} and {@link #start()}, with everything that it had stored.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final String NAME = "mandate";
    private static final String SUPERUSER = "postgres";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LAST_LINES = 5;

    private final Path directory;
    private final Path log;
    private final int port = FreePorts.take(1).getFirst();
    private final String password = newPassword();
    private final String superuserPassword = newPassword();
    private Optional<EmbeddedPostgres> running = Optional.empty();
    private boolean closed;

    /**
     * Makes a database that is not started yet.
     *
     * @param directory where it keeps its data; made when it is not there
     * @param log the file where it writes its log
     */
    public EmbeddedDatabase(Path directory, Path log) {
        this.directory = directory;
        this.log = log;
    }

    /** Where it is, for JDBC. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
    }

    /** The owner of the database. */
    public String user() {
        return NAME;
    }

    /** The owner's password. */
    public String password() {
        return password;
    }

    /** A connection as the owner of the database. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), NAME, password);
    }

    /**
     * Starts it and returns when it takes connections.
     *
     * @throws IllegalStateException when it runs already, or has been closed
     * @throws IllegalStateException when it can't be started, with the end of its log
     */
    public synchronized void start() {
        if (running.isPresent() || closed) {
            throw new IllegalStateException("the database " + (closed ? "is closed" : "runs already"));
        }
        try {
            boolean fresh = !Files.exists(directory.resolve("PG_VERSION"));
            var postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(PATIENCE)
                    .setConnectConfig("password", superuserPassword)
                    .setOutputRedirector(Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(Redirect.appendTo(log.toFile()))
                    .start();
            running = Optional.of(postgres);
            if (fresh) {
                setUp();
            }
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException("PostgreSQL does not start" + because(), e);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL can't be set up" + because(), e);
        }
    }

    /** The log goes when a sandbox is taken down that did not come up. */
    private String because() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty()
                    ? ""
                    : ": " + String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Stops it. Does nothing when it does not run. */
    public synchronized void stop() {
        running.ifPresent(postgres -> {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        running = Optional.empty();
    }

    /** Stops it for good. */
    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }

    /** A fresh directory trusts everybody on this machine, until there are passwords to ask for. */
    private void setUp() throws SQLException, IOException {
        var address = "jdbc:postgresql://127.0.0.1:" + port + "/" + SUPERUSER;
        try (var connection = DriverManager.getConnection(address, SUPERUSER, superuserPassword);
                var statement = connection.createStatement()) {
            statement.execute("ALTER USER " + SUPERUSER + " PASSWORD '" + superuserPassword + "'");
            statement.execute("CREATE USER " + NAME + " PASSWORD '" + password + "'");
            statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
            Files.writeString(directory.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static String newPassword() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
