package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.json.StrictJson;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BoundedValidationTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final int SMALL_STACK = 512 * 1024;
    /** As large as a request may be. */
    private static final int BODY = 60_000;

    @ParameterizedTest
    @CsvSource({
        "connections.create, name, a",
        "connections.create, name, -a",
        "connectionProfiles.create, connection_name_prefix_template, a",
        "connectionProfiles.create, connection_name_prefix_template, '{org_id}'",
        "customDomains.create, domain, a.",
    })
    void A33_a_long_text_is_refused_and_does_not_fill_the_stack(String action, String member, String part) {
        for (int length : List.of(512, 5000, BODY)) {
            ObjectNode arguments = ExampleArguments.complete(CATALOGUE.schema(action(action)));
            ((ObjectNode) arguments.get("body")).put(member, part.repeat(length / part.length()));

            assertThat(onSmallStack(action(action), arguments))
                    .as("%s characters", length)
                    .extracting(Problem::pointer)
                    .contains("/body/" + member);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "flows.create; {\"body\":{\"name\":\"x\",\"actions\":[%s]}}; {}",
                "flows.create; {\"body\":{\"name\":\"x\",\"actions\":[%s]}}; 1",
                "forms.create; {\"body\":{\"name\":\"x\",\"nodes\":[{\"id\":\"a\",\"type\":\"STEP\",\"config\":{\"components\":[%s]}}]}}; {}",
            })
    void A33_A73_thousands_of_wrong_elements_cost_little_more_than_a_few(
            String action, String template, String element) {
        // Given
        ObjectNode few = arguments(template, element, 500);
        ObjectNode many = arguments(template, element, BODY / (element.length() + 1));
        onSmallStack(action(action), few); // compiles the schema

        // When
        long forFew = allocated(action(action), few);
        long forMany = allocated(action(action), many);

        // Then
        assertThat(CATALOGUE.validate(action(action), many)).isNotEmpty();
        assertThat(forMany).isLessThan(3 * forFew);
    }

    @Test
    void a_hundred_elements_of_the_last_alternative_are_still_taken() {
        Action create = action("flows.create");
        List<ObjectNode> variants =
                ExampleArguments.variants(CATALOGUE.schema(create), (at, schema) -> Optional.empty());
        ObjectNode arguments = variants.getFirst().deepCopy();
        var actions = ((ObjectNode) arguments.get("body")).putArray("actions");
        Collections.nCopies(100, "").forEach(any -> actions.add(zapier(variants)));

        assertThat(CATALOGUE.validate(create, arguments)).isEmpty();
    }

    private static JsonNode zapier(List<ObjectNode> variants) {
        return variants.stream()
                .map(example -> example.at("/body/actions/0"))
                .filter(found -> found.path("type").stringValue("").equals("ZAPIER"))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode arguments(String template, String element, int count) {
        String elements = String.join(",", Collections.nCopies(count, element));
        return StrictJson.parseObject(template.formatted(elements).getBytes(StandardCharsets.UTF_8));
    }

    /** Memory is a measure that does not depend on what else this machine does. */
    private static long allocated(Action action, ObjectNode arguments) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
        CATALOGUE.validate(action, arguments);
        return threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
    }

    private static List<Problem> onSmallStack(Action action, ObjectNode arguments) {
        var result = new CompletableFuture<List<Problem>>();
        new Thread(
                        null,
                        () -> {
                            try {
                                result.complete(CATALOGUE.validate(action, arguments));
                            } catch (StackOverflowError e) {
                                result.completeExceptionally(new CompletionException("the stack is full", e));
                            }
                        },
                        "small",
                        SMALL_STACK)
                .start();
        return result.join();
    }

    private static Action action(String name) {
        return CATALOGUE.find(name).orElseThrow();
    }
}
