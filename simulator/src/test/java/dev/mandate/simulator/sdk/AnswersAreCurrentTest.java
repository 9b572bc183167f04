package dev.mandate.simulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.simulator.http.Json;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The simulator's {@code answers.json} says what the SDK's types say, and which refusals and scopes Auth0 declares.
 * {@code -Danswers.write=true} writes it anew:
 *
 * <pre>
 * mvn -pl simulator -am test -Dtest=AnswersAreCurrentTest -Danswers.write=true -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class AnswersAreCurrentTest {

    private static final Path FACTS = Path.of("../contracts/src/catalogue/management-operations.json");
    private static final Path ANSWERS = Path.of("src/main/resources/dev/mandate/simulator/answers/answers.json");

    @Test
    void the_answers_are_those_that_the_sdk_expects() throws IOException {
        String made = answers();
        if (Boolean.getBoolean("answers.write")) {
            Files.writeString(ANSWERS, made);
        }
        assertThat(Files.readString(ANSWERS).lines())
                .containsExactlyElementsOf(made.lines().toList());
    }

    private static String answers() throws IOException {
        Shapes shapes = new Shapes();
        Map<String, String> answers = new TreeMap<>();
        Map<String, List<Integer>> refusals = new TreeMap<>();
        Map<String, JsonNode> scopes = new TreeMap<>();
        for (JsonNode operation :
                Json.MAPPER.readTree(Files.readAllBytes(FACTS)).path("operations")) {
            String action = operation.path("action").asString();
            List<Integer> declared = operation
                    .path("errors")
                    .valueStream()
                    .map(JsonNode::asInt)
                    .filter(status -> status == 404 || status == 409)
                    .toList();
            if (!declared.isEmpty()) {
                refusals.put(action, declared);
            }
            if (operation.path("declaredScopes").size() > 1) {
                scopes.put(action, operation.path("declaredScopes"));
            }
            if (operation.path("sdk320").isString()) {
                Optional<Type> type = ResponseTypes.of(
                        SdkOperation.of(operation.path("sdk320").asString()));
                answers.put(action, type.map(shapes::of).orElse(""));
            }
        }
        return "{\"answers\": " + lines(answers) + ",\n\"refusals\": " + lines(refusals) + ",\n\"scopes\": "
                + lines(scopes) + ",\n\"types\": " + lines(shapes.types()) + "}\n";
    }

    private static String lines(Map<String, ?> members) {
        StringBuilder text = new StringBuilder("{\n");
        String separator = "";
        for (Map.Entry<String, ?> member : members.entrySet()) {
            text.append(separator)
                    .append(Json.MAPPER.writeValueAsString(member.getKey()))
                    .append(": ")
                    .append(Json.MAPPER.writeValueAsString(member.getValue()));
            separator = ",\n";
        }
        return text.append("\n}").toString();
    }
}
