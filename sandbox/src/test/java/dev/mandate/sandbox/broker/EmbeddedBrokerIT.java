package dev.mandate.sandbox.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.topic.AccessMatrix;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT extends AccessMatrixContract {

    @TempDir
    static Path directory;

    private static EmbeddedBroker embedded;
    private static RunningBroker broker;

    @BeforeAll
    static void start() throws Exception {
        embedded = new EmbeddedBroker(directory, SaslUsers.generate(AccessMatrix.load(), new SecureRandom()));
        embedded.start();
        broker = new RunningBroker() {
            @Override
            public String bootstrapServers() {
                return embedded.bootstrapServers();
            }

            @Override
            public SaslUsers users() {
                return embedded.users();
            }
        };
        broker.applyMatrix();
        writeOneRecordToEachTopic(broker);
    }

    @AfterAll
    static void stop() {
        embedded.close();
    }

    @Override
    RunningBroker broker() {
        return broker;
    }

    @Test
    void a_broker_that_was_stopped_comes_back_at_its_address_with_its_records_users_and_rights() throws Exception {
        // Given
        var address = embedded.bootstrapServers();
        embedded.stop();

        // When
        embedded.start();

        // Then
        assertThat(embedded.bootstrapServers()).isEqualTo(address);
        assertThat(new Attempt(broker, "auditor").toRead("mandate.results")).isTrue();
        assertThat(new Attempt(broker, "auditor").toWrite("mandate.results")).isFalse();
    }
}
