package dev.mandate.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.topic.Lane;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchLineTest {

    private static final CommandId BATCH = new CommandId("01a20990-9500-7b6e-9a51-2f6a4c0c8d10");
    private static final CommandId OTHER = new CommandId("01a20990-9500-7b6e-9a51-2f6a4c0c8d11");

    @Test
    void a_command_of_a_batch_says_which_line_it_was() {
        assertThat(BatchLine.numberOf(command(Lane.BULK, new BatchLine(BATCH, 100_000).key())))
                .hasValue(100_000);
    }

    @Test
    void a_key_that_only_looks_like_a_line_is_none() {
        assertThat(BatchLine.numberOf(command(Lane.INTERACTIVE, new BatchLine(BATCH, 1).key())))
                .isEmpty();
        assertThat(BatchLine.numberOf(command(Lane.BULK, new BatchLine(OTHER, 1).key())))
                .isEmpty();
        for (String number : List.of("", "0", "01", "-1", "x", "1/1", "9999999999")) {
            assertThat(BatchLine.numberOf(command(Lane.BULK, BATCH + "/" + number)))
                    .as(number)
                    .isEmpty();
        }
    }

    private static Command command(Lane lane, String key) {
        Command command = TestCommands.blockUser(
                "auth0|1", TestCommands.requester("https://issuer.example/", List.of()), Clock.systemUTC());
        Transaction context = command.context();
        return new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                BATCH.value(),
                command.issuedAt(),
                command.deadline(),
                command.subject(),
                command.clientId(),
                command.scope(),
                new Transaction(
                        context.tenant(),
                        context.action(),
                        context.target(),
                        context.arguments(),
                        context.reason(),
                        lane,
                        Optional.of(key),
                        context.requestHash()),
                command.requester(),
                command.authorization(),
                command.chain(),
                command.bind());
    }
}
