package dev.mandate.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {

    private static final String NOT_AUTHENTICATED = "28P01";

    @TempDir
    static Path directory;

    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() {
        database = new EmbeddedDatabase(directory.resolve("data"), directory.resolve("log"));
        database.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void nobody_gets_in_without_the_password_not_even_the_superuser() {
        for (var user : new String[] {"mandate", "postgres"}) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), user, "guess"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(NOT_AUTHENTICATED));
        }
    }

    @Test
    void a_database_that_was_stopped_comes_back_at_its_address_with_its_tables() throws Exception {
        // Given
        var address = database.url();
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }

        // When
        database.stop();
        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
        database.start();

        // Then
        assertThat(database.url()).isEqualTo(address);
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT answer FROM kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }
}
