package dev.mandate.sandbox.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.contracts.topic.AccessMatrix.Grant;
import dev.mandate.contracts.topic.AccessMatrix.Operation;
import dev.mandate.contracts.topic.AccessMatrix.Resource;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every cell of the access matrix, tried both ways: what is granted works, and what is not is refused. */
abstract class AccessMatrixContract {

    private static final AccessMatrix MATRIX = AccessMatrix.load();

    abstract RunningBroker broker();

    static void writeOneRecordToEachTopic(RunningBroker broker) throws Exception {
        var administrator = broker.users().administrator().clientProperties(broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(administrator, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var topic : MATRIX.topics().keySet()) {
                producer.send(Attempt.record(topic)).get();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> every_topic_is_read_by_whom_the_matrix_says_and_by_nobody_else() {
        return cells(MATRIX.topics().keySet(), Resource.TOPIC, Operation.READ, Attempt::toRead);
    }

    @TestFactory
    Stream<DynamicTest> every_topic_is_written_by_whom_the_matrix_says_and_by_nobody_else() {
        return cells(MATRIX.topics().keySet(), Resource.TOPIC, Operation.WRITE, Attempt::toWrite);
    }

    @TestFactory
    Stream<DynamicTest> A72_a_group_is_joined_by_whom_the_matrix_says_and_by_nobody_else() {
        var groups = List.of("mandate-worker", "mandate-worker-2", "mandate-auditor", "mandate", "rogue");
        return Stream.of("consumer", "classic")
                .flatMap(protocol -> cells(
                        groups,
                        Resource.GROUP,
                        Operation.READ,
                        (attempt, group) -> attempt.toJoin(group, "mandate.commands", protocol)));
    }

    @TestFactory
    Stream<DynamicTest> A72_a_transactional_id_is_used_by_whom_the_matrix_says_and_by_nobody_else() {
        var ids = List.of("mandate-worker-worker-1", "mandate-worker-worker-2", "mandate-worker", "rogue");
        return cells(ids, Resource.TRANSACTIONAL_ID_PREFIX, Operation.WRITE, Attempt::toUseTransactionalId);
    }

    @TestFactory
    Stream<DynamicTest> A69_nobody_but_the_administrator_alters_or_deletes_anything() {
        return MATRIX.principals().stream()
                .flatMap(principal -> administration().entrySet().stream()
                        .map(deed -> DynamicTest.dynamicTest(principal + " may not " + deed.getKey(), () -> {
                            var login = broker().users().named(principal);
                            try (var admin = Admin.create(login.clientProperties(broker().bootstrapServers()))) {
                                assertThat(Attempt.letIn(() -> deed.getValue().with(admin)))
                                        .isFalse();
                            }
                        })));
    }

    @Test
    void the_administrator_may_set_things_up() throws Exception {
        // Given
        var topic = new NewTopic("administration", 1, (short) 1);
        try (var admin = broker().administrator()) {

            // When
            admin.createTopics(List.of(topic)).all().get();
            admin.deleteTopics(List.of(topic.name())).all().get();

            // Then
            assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get()).hasSameSizeAs(MATRIX.grants());
        }
    }

    @Test
    void somebody_with_the_wrong_password_is_not_let_in() {
        // Given
        var impostor = SaslUser.generate("api", new SecureRandom());

        // When / Then
        try (var admin = Admin.create(impostor.clientProperties(broker().bootstrapServers()))) {
            assertThatThrownBy(() -> admin.listTopics().names().get())
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void A26_the_topics_are_set_up_as_the_matrix_says() throws Exception {
        try (var admin = broker().administrator()) {
            for (var topic : MATRIX.topics().keySet()) {
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                var config =
                        admin.describeConfigs(List.of(resource)).all().get().get(resource);
                MATRIX.settings()
                        .forEach((name, value) -> assertThat(config.get(name).value())
                                .as(topic + " " + name)
                                // One broker can't have two replicas in sync.
                                .isEqualTo(name.equals("min.insync.replicas") ? "1" : value));
            }
        }
    }

    private Stream<DynamicTest> cells(Collection<String> names, Resource resource, Operation operation, Cell cell) {
        return names.stream()
                .flatMap(name -> MATRIX.principals().stream().map(principal -> {
                    var granted = granted(principal, operation, resource, name);
                    var sentence = "%s %s %s %s".formatted(principal, granted ? "may" : "may not", operation, name);
                    return DynamicTest.dynamicTest(
                            sentence,
                            () -> assertThat(cell.tried(new Attempt(broker(), principal), name))
                                    .isEqualTo(granted));
                }));
    }

    private static boolean granted(String principal, Operation operation, Resource resource, String name) {
        return MATRIX.grants().stream()
                .filter(grant -> grant.principal().equals(principal))
                .filter(grant -> grant.operation() == operation && grant.resource() == resource)
                .map(Grant::name)
                .anyMatch(grant ->
                        resource == Resource.TRANSACTIONAL_ID_PREFIX ? name.startsWith(grant) : name.equals(grant));
    }

    private static Map<String, Deed> administration() {
        var topic = "mandate.commands";
        var partition = new TopicPartition(topic, 0);
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var shorter = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
        return Map.of(
                "create a topic",
                admin -> admin.createTopics(List.of(new NewTopic("rogue", 1, (short) 1)))
                        .all()
                        .get(),
                "delete a topic",
                admin -> admin.deleteTopics(List.of(topic)).all().get(),
                "delete records",
                admin -> admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1)))
                        .all()
                        .get(),
                "add partitions",
                admin -> admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(9)))
                        .all()
                        .get(),
                "shorten the retention",
                admin -> admin.incrementalAlterConfigs(Map.of(resource, List.of(shorter)))
                        .all()
                        .get(),
                "read the access rules",
                admin -> admin.describeAcls(AclBindingFilter.ANY).values().get(),
                "drop the access rules",
                admin -> admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get(),
                "read who has a password",
                admin -> admin.describeUserScramCredentials().all().get());
    }

    private interface Cell {
        boolean tried(Attempt attempt, String name) throws Exception;
    }

    private interface Deed {
        void with(Admin admin) throws Exception;
    }
}
