package dev.mandate.sandbox.broker;

import dev.mandate.contracts.topic.AccessMatrix;
import org.apache.kafka.clients.admin.Admin;

/** A broker with the matrix applied to it, wherever it runs. */
interface RunningBroker {

    String bootstrapServers();

    SaslUsers users();

    default Admin administrator() {
        return Admin.create(users().administrator().clientProperties(bootstrapServers()));
    }

    default void applyMatrix() {
        try (var admin = administrator()) {
            new TopicSetup(AccessMatrix.load(), 2, 1).applyTo(admin);
        }
    }
}
