package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

class TargetRuleTest {

    private static final TargetRule EMAIL_OR_NAME = TargetRule.of("users", "/body/email", "/body/username");
    private static final TargetRule MEMBERS = TargetRule.of("user", "/body/members/*");

    @Test
    void the_first_id_that_is_there_gives_the_target() {
        assertThat(EMAIL_OR_NAME.single(json("{\"body\":{\"email\":\"a@b\",\"username\":\"c\"}}")))
                .isEqualTo(new Target("users", "a@b"));
        assertThat(EMAIL_OR_NAME.single(json("{\"body\":{\"username\":\"c\"}}")))
                .isEqualTo(new Target("users", "c"));
    }

    @Test
    void what_is_empty_null_or_no_text_is_not_there() {
        for (String body :
                List.of("{}", "{\"email\":\"\"}", "{\"email\":null}", "{\"email\":1}", "{\"email\":[\"a\"]}")) {
            assertThat(EMAIL_OR_NAME.single(json("{\"body\":" + body + "}")))
                    .as(body)
                    .isEqualTo(new Target("users", "*"));
        }
    }

    @Test
    void a_rule_without_ids_is_about_the_whole_collection() {
        var rule = TargetRule.of("roles");
        assertThat(rule.single(json("{}"))).isEqualTo(new Target("roles", "*"));
        assertThat(rule.all(json("{}"))).containsExactly(new Target("roles", "*"));
    }

    @Test
    void every_element_of_an_array_is_a_target() {
        assertThat(MEMBERS.all(json("{\"body\":{\"members\":[\"a\",\"b\",\"\",3,null]}}")))
                .containsExactly(new Target("user", "a"), new Target("user", "b"));
        assertThat(MEMBERS.all(json("{\"body\":{\"members\":[]}}"))).isEmpty();
        assertThat(MEMBERS.all(json("{}"))).isEmpty();
    }

    @Test
    void an_id_that_stands_in_two_halves_is_put_together() {
        var linked = new TargetRule(
                "user",
                List.of(PointerPattern.of("/body/user_id")),
                Optional.of(JsonPointer.compile("/body/provider")));
        for (String id : List.of("\"65b0\"", "\"auth0|65b0\"")) {
            assertThat(linked.all(json("{\"body\":{\"provider\":\"auth0\",\"user_id\":" + id + "}}")))
                    .containsExactly(new Target("user", "auth0|65b0"));
        }
        assertThat(linked.all(json("{\"body\":{\"provider\":\"github\",\"user_id\":7}}")))
                .containsExactly(new Target("user", "github|7"));
        assertThat(linked.all(json("{\"body\":{\"provider\":\"samlp\",\"user_id\":\"acme|john\"}}")))
                .containsExactly(new Target("user", "acme|john"), new Target("user", "samlp|acme|john"));
        assertThat(linked.all(json("{\"body\":{}}"))).isEmpty();
        for (String hidden : List.of("7.0", "7e0")) {
            assertThat(linked.unsafe(json("{\"body\":{\"provider\":\"github\",\"user_id\":" + hidden + "}}")))
                    .isNotEmpty();
        }
        assertThat(linked.unsafe(json("{\"body\":{\"provider\":\"github\",\"user_id\":7}}")))
                .isEmpty();
    }

    private static JsonNode json(String text) {
        return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
