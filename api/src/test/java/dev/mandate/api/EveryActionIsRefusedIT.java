package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/**
 * Every action, asked for by somebody who may not, or asked for wrongly, in each way that the table says: it is refused
 * with a stable code that says where, and leaves nothing on Kafka.
 */
class EveryActionIsRefusedIT {

    private static final List<String> TOPICS =
            List.of(Topics.COMMANDS, Topics.COMMANDS_BULK, Topics.RESULTS, Topics.QUARANTINE, Topics.CONTROL);

    private final ApiHarness harness = ApiHarness.shared();
    private final Refusals refusals = new Refusals(harness);
    private Map<String, Long> before = Map.of();

    @BeforeEach
    void count() {
        before = sizes();
    }

    @AfterEach
    void nothing_is_left_on_kafka() {
        assertThat(sizes()).isEqualTo(before);
    }

    @Test
    void without_any_one_of_its_scopes() {
        ActionExamples.forEach((action, example) -> action.scopes(example, Refusals.permissions(action)).stream()
                // Where a narrower one will do as well, nothing is lacking.
                .filter(scope ->
                        action.scopes(example, Refusals.allBut(action, scope)).contains(scope))
                .forEach(scope -> refusals.denied(action, example, scope, "policy.permission_missing")));

        refusals.assertAll(ActionExamples.actions());
    }

    @Test
    void without_the_permission_of_a_mark() {
        var tried = new TreeSet<String>();
        ActionExamples.forEach((action, example) -> action.marks(example)
                .map(mark -> mark.permission(action.name()))
                .forEach(permission -> {
                    tried.add(permission);
                    refusals.denied(action, example, permission, "policy.marked_permission_missing");
                }));

        assertThat(tried).isEqualTo(permissionsOfMarks());
        refusals.assertAll(
                ActionExamples.actions().filter(action -> !action.marks().isEmpty()));
    }

    @Test
    void with_a_value_of_the_wrong_type() {
        ActionExamples.forEach((action, example) -> ActionExamples.places(action, example).stream()
                .filter(place -> !place.types().isEmpty())
                .forEach(place -> refusals.invalid(
                        action,
                        ActionExamples.with(example, place.at(), place.wrong()),
                        place.at().toString())));
        ActionExamples.actions()
                .forEach(
                        action -> refusals.malformed(action, StrictJson.object().arrayNode()));

        refusals.assertAll(ActionExamples.actions());
    }

    @Test
    void with_a_required_member_missing() {
        ActionExamples.forEach((action, example) -> ActionExamples.places(action, example).stream()
                .filter(ArgumentPlaces.Place::required)
                .forEach(place -> refusals.invalid(
                        action,
                        ActionExamples.without(example, place.at()),
                        place.at().head().toString())));

        refusals.assertAll(ActionExamples.actions().filter(ActionExamples::needsArguments));
    }

    @Test
    void with_a_member_that_is_not_known() {
        ActionExamples.forEach(
                (action, example) -> refusals.invalid(action, example.deepCopy().put("sudo", true), ""));

        refusals.assertAll(ActionExamples.actions());
    }

    @Test
    void with_an_id_that_is_not_safe() {
        ActionExamples.forEach((action, example) -> ActionExamples.ids(action, example)
                .forEach(id -> refusals.invalid(
                        action, ActionExamples.with(example, id, StringNode.valueOf("..")), id.toString())));

        refusals.assertAll(ActionExamples.actions().filter(ActionExamples::hasIds));
    }

    private static Set<String> permissionsOfMarks() {
        return ActionExamples.actions()
                .flatMap(action -> action.marks().stream().map(mark -> mark.permission(action.name())))
                .collect(Collectors.toSet());
    }

    private Map<String, Long> sizes() {
        var sizes = new HashMap<String, Long>();
        for (String topic : TOPICS) {
            try (TopicLog log = harness.log(topic)) {
                sizes.put(topic, log.size());
            }
        }
        return sizes;
    }
}
