package dev.mandate.contracts.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.LogRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class CommandReaderTest {

    @TempDir
    Path directory;

    @Test
    void a_command_reads_back_as_it_was_written() throws Exception {
        // Given
        Clock clock = Clock.systemUTC();
        TestKeys keys = TestKeys.in(directory, clock);
        Command command =
                TestCommands.blockUser("auth0|1", TestCommands.requester("https://issuer/", List.of()), clock);
        LogRecord found =
                TestCommands.appended(new CommandWriter(keys.intakeSigner()).write(command), 7, clock.instant());

        // When
        ReceivedCommand received = new CommandReader(keys.verifier(), TestCommands.ENVIRONMENT).read(found);

        // Then
        assertThat(received.command()).isEqualTo(command);
        assertThat(received.kid()).isEqualTo(keys.intakeKey().kid());
        assertThat(received.position())
                .hasToString("mandate.commands/" + command.bind().partition() + "@7");
    }

    @Test
    void a_command_whose_decision_names_no_catalogue_is_of_before_and_is_still_read() {
        // Given
        Command command = TestCommands.blockUser(
                "auth0|1", TestCommands.requester("https://issuer/", List.of()), Clock.systemUTC());
        ObjectNode claims = StrictJson.tree(command);

        // When
        assertThat(claims.withObject("/authz").remove("catalogue")).isNotNull();

        // Then
        assertThat(StrictJson.convert(claims, Command.class).authorization().catalogue())
                .isEmpty();
    }
}
