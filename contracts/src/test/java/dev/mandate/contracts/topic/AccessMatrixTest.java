package dev.mandate.contracts.topic;

import static dev.mandate.contracts.topic.AccessMatrix.Operation.READ;
import static dev.mandate.contracts.topic.AccessMatrix.Operation.WRITE;
import static dev.mandate.contracts.topic.AccessMatrix.Resource.GROUP;
import static dev.mandate.contracts.topic.AccessMatrix.Resource.TOPIC;
import static dev.mandate.contracts.topic.AccessMatrix.Resource.TRANSACTIONAL_ID_PREFIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.topic.AccessMatrix.Grant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessMatrixTest {

    private final AccessMatrix matrix = AccessMatrix.load();

    @Test
    void only_the_api_writes_commands_and_only_the_worker_writes_the_journal() {
        assertThat(writersOf("mandate.commands")).containsExactly("api");
        assertThat(writersOf("mandate.commands.bulk")).containsExactly("api");
        assertThat(writersOf("mandate.results")).containsExactly("worker");
        assertThat(writersOf("mandate.quarantine")).containsExactly("worker");
        assertThat(writersOf("mandate.control")).containsExactly("api");
    }

    @Test
    void the_auditor_reads_every_topic_with_a_group_of_his_own_and_can_do_nothing_else() {
        assertThat(matrix.grants())
                .filteredOn(grant -> grant.principal().equals("auditor"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                matrix.topics().keySet().stream()
                                        .map(topic -> new Grant("auditor", READ, TOPIC, topic)),
                                Stream.of(new Grant("auditor", READ, GROUP, "mandate-auditor")))
                        .toList());
    }

    @Test
    void A72_worker_and_auditor_have_a_group_each_and_the_worker_alone_has_transactional_ids() {
        assertThat(matrix.grants())
                .filteredOn(grant -> grant.resource() != TOPIC)
                .containsExactly(
                        new Grant("worker", READ, GROUP, "mandate-worker"),
                        new Grant("auditor", READ, GROUP, "mandate-auditor"),
                        new Grant("worker", WRITE, TRANSACTIONAL_ID_PREFIX, "mandate-worker-"));
    }

    @Test
    void nothing_is_granted_to_the_administrator_that_a_process_could_run_as() {
        assertThat(matrix.principals()).doesNotContain(matrix.administrator());
    }

    @Test
    void A26_every_topic_keeps_the_brokers_time_and_is_never_compacted() {
        assertThat(matrix.settings())
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("unclean.leader.election.enable", "false")
                .containsEntry("min.insync.replicas", "2");
    }

    @Test
    void a_right_for_a_principal_that_is_not_listed_is_refused() {
        // Given
        var topics = Map.of("mandate.commands", Map.of("mallory", Set.of(WRITE)));

        // When / Then
        assertThatThrownBy(() -> new AccessMatrix("admin", List.of("api"), 1, Map.of(), topics, Map.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mallory");
    }

    private List<String> writersOf(String topic) {
        return matrix.grants().stream()
                .filter(grant -> grant.resource() == TOPIC && grant.name().equals(topic))
                .filter(grant -> grant.operation() == WRITE)
                .map(Grant::principal)
                .toList();
    }
}
