package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ExampleArgumentsTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final String CANARY = "canary-7c9e";
    private static final ExampleArguments.Strings NONE = (at, schema) -> Optional.empty();

    private static Stream<OperationSchemas.Operation> operations() {
        return OperationSchemas.all();
    }

    private static Stream<Action> actions() {
        return CATALOGUE.actions().stream();
    }

    private static Stream<Action> actionsWithSecrets() {
        return actions().filter(action -> !action.secretArguments().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void the_examples_of_every_operation_satisfy_its_schema(OperationSchemas.Operation operation) {
        ObjectNode schema = operation.schema();
        var compiled = REGISTRY.getSchema(schema);
        ObjectNode required = ExampleArguments.required(schema);
        assertThat(compiled.validate(required)).as("%s", required).isEmpty();
        for (ObjectNode example : ExampleArguments.variants(schema, NONE)) {
            assertThat(compiled.validate(example)).as("%s", example).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("actions")
    void the_catalogue_takes_the_examples_of_its_actions(Action action) {
        ObjectNode schema = CATALOGUE.schema(action);
        assertThat(CATALOGUE.validate(action, ExampleArguments.required(schema)))
                .isEmpty();
        for (ObjectNode example : ExampleArguments.variants(schema, NONE)) {
            assertThat(CATALOGUE.validate(action, example)).as("%s", example).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("actionsWithSecrets")
    void A75_a_canary_can_be_placed_in_every_secret_argument(Action action) {
        List<ObjectNode> examples = ExampleArguments.variants(CATALOGUE.schema(action), (at, schema) -> {
            int least = Math.max(CANARY.length(), schema.path("minLength").intValue(0));
            return isSecret(action, at) ? Optional.of(CANARY.repeat(least).substring(0, least)) : Optional.empty();
        });
        action.secretArguments()
                .forEach(secret -> assertThat(examples)
                        .as("%s %s", action.name(), secret)
                        .anySatisfy(example -> assertThat(secret.in(example)
                                        .map(place -> example.at(place).toString()))
                                .anyMatch(found -> found.contains(CANARY))));
    }

    /** Whether the place is one that the catalogue calls secret, or lies within one. */
    private static boolean isSecret(Action action, JsonPointer at) {
        List<String> steps = Stream.iterate(at, place -> !place.matches(), JsonPointer::tail)
                .map(JsonPointer::getMatchingProperty)
                .toList();
        return action.secretArguments().stream()
                .map(PointerPattern::steps)
                .anyMatch(secret -> secret.size() <= steps.size()
                        && IntStream.range(0, secret.size())
                                .allMatch(i -> secret.get(i).equals("*")
                                        || secret.get(i).equals(steps.get(i))));
    }

    @Test
    void only_what_is_required_is_in_the_smallest_example() {
        assertThat(ExampleArguments.required(CATALOGUE.schema(action("users.get"))))
                .isEqualTo(json("{'id':'example'}"));
        assertThat(ExampleArguments.complete(CATALOGUE.schema(action("users.get")))
                        .get("query"))
                .hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'type':'string'}; 'example'",
                "{'type':['null','string']}; 'example'",
                "{'type':'string','minLength':9}; 'exampleex'",
                "{'type':'string','maxLength':3}; 'exa'",
                "{'type':'string','enum':['b','a']}; 'b'",
                "{'const':{'a':[1]}}; {'a':[1]}",
                "{'type':'string','format':'email'}; 'ada@example.com'",
                "{'type':'string','format':'strict-https-uri'}; 'https://example.com/path'",
                "{'type':'string','format':'ipv4','maxLength':4}; 'exam'",
                "{'type':'string','pattern':'^con_[A-Za-z0-9]{3}$'}; 'con_AAA'",
                "{'type':'string','pattern':'^#(([0-9a-f]{3}){1,2}|([0-9a-f]{4}))$'}; '#000'",
                "{'type':'string','pattern':'^(?!.*\\\\d)[a-c](-[a-c]|[a-c])*$','minLength':4}; 'a-a-a'",
                "{'type':'string','pattern':'^[^<>x]+\\\\.$'}; '7.'",
                "{'type':'integer'}; 1",
                "{'type':'integer','minimum':5}; 5",
                "{'type':'integer','maximum':-2}; -2",
                "{'type':'number','exclusiveMinimum':0.5}; 1.5",
                "{'type':'array','minItems':2,'items':{'type':'boolean'}}; [true,true]",
                "{'type':'array','maxItems':0,'items':{'type':'boolean'}}; []",
                "{'type':'object'}; {'example':'example'}",
                "{'type':'object','additionalProperties':false}; {}",
                "{'type':'object','additionalProperties':{'type':'null'},'minProperties':2}; {'example':null,'example1':null}",
                "{'properties':{'a':{'type':'null'},'b':{'type':'null'}},'required':['b'],'maxProperties':1}; {'b':null}",
                "{'anyOf':[{'type':'integer'},{'type':'string'}]}; 1",
                "{'type':'object','properties':{'a':{'type':'null'}},'oneOf':[{'properties':{'b':{'type':'null'}}},{'required':['c']}]}; {'a':null,'b':null}",
                "{'allOf':[{'type':'integer'},{'minimum':3}]}; 3"
            })
    void every_keyword_is_honoured(String schema, String example) {
        ObjectNode holder = StrictJson.object().put("type", "object");
        holder.putObject("properties").set("it", json(schema));
        assertThat(ExampleArguments.complete(holder).get("it")).isEqualTo(json(example));
        assertThat(REGISTRY.getSchema(json(schema)).validate(json(example))).isEmpty();
    }

    @Test
    void a_schema_that_refers_to_itself_is_followed_once() {
        ObjectNode schema = (ObjectNode)
                json("{'$ref':'#/$defs/Node','$defs':{'Node':{'type':'object','required':['name'],'properties':"
                        + "{'name':{'type':'string'},'child':{'$ref':'#/$defs/Node'}}}}}");
        assertThat(ExampleArguments.complete(schema)).isEqualTo(json("{'name':'example','child':{'name':'example'}}"));
    }

    @Test
    void a_schema_without_an_end_or_an_answer_is_an_error_rather_than_a_wrong_example() {
        ObjectNode itself = (ObjectNode) json("{'$ref':'#/$defs/A','$defs':{'A':{'$ref':'#/$defs/A'}}}");
        assertThatThrownBy(() -> ExampleArguments.complete(itself)).isInstanceOf(IllegalArgumentException.class);
        ObjectNode impossible = (ObjectNode)
                json("{'type':'object','properties':{'a':{'type':'string','pattern':'^ab$','minLength':3}}}");
        assertThatThrownBy(() -> ExampleArguments.complete(impossible)).hasMessageContaining("/a");
        ObjectNode endless = (ObjectNode) json("{'$ref':'#/$defs/A','$defs':{'A':{'type':'object','required':['a'],"
                + "'properties':{'a':{'$ref':'#/$defs/A'}}}}}");
        assertThatThrownBy(() -> ExampleArguments.required(endless)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_callers_strings_stand_where_they_fit_and_nowhere_else() {
        ObjectNode schema = (ObjectNode) json("{'type':'object','properties':{'free':{'type':'string'},"
                + "'short':{'type':'string','maxLength':3},'chosen':{'type':'string','enum':['a']},"
                + "'many':{'type':'array','items':{'type':'string','pattern':'^c'}}}}");
        assertThat(ExampleArguments.complete(schema, (at, expected) -> Optional.of("canary" + at)))
                .isEqualTo(json("{'free':'canary/free','short':'exa','chosen':'a','many':['canary/many/0']}"));
    }

    @Test
    void each_alternative_is_in_one_of_the_variants() {
        ObjectNode schema = (ObjectNode) json("{'type':'object','properties':{'a':{'anyOf':[{'type':'null'},"
                + "{'type':'boolean'},{'oneOf':[{'const':1},{'const':2},{'const':3},{'const':4}]}]}}}");
        assertThat(ExampleArguments.variants(schema, NONE))
                .extracting(example -> example.get("a").toString())
                .containsExactlyInAnyOrder("null", "true", "1", "2", "3", "4");
    }

    @Test
    void nothing_is_missing_since_no_turn_is_taken_twice() {
        // Given forks in forks, one beside another, and more of them in some alternatives than in others
        ObjectNode schema = (ObjectNode) json("{'$defs':{'Deep':{'oneOf':[{'const':1},{'anyOf':[{'const':2},"
                + "{'type':'object','properties':{'x':{'oneOf':[{'const':3},{'const':4},{'const':5}]},"
                + "'y':{'oneOf':[{'const':6},{'const':7}]}}}]},{'const':8}]}},"
                + "'type':'object','properties':{'a':{'$ref':'#/$defs/Deep'},"
                + "'b':{'type':'array','items':{'anyOf':[{'$ref':'#/$defs/Deep'},{'const':9}]}},"
                + "'c':{'oneOf':[{'const':10},{'const':11},{'const':12},{'const':13},{'const':14}]}}}");

        // When
        var all = new LinkedHashSet<ObjectNode>();
        int ways = 1;
        int turns = 0;
        for (; turns < ways; turns++) {
            var values = new ExampleValues(schema, NONE, turns);
            all.add((ObjectNode) values.everything());
            ways = Math.max(ways, values.ways());
        }

        // Then
        assertThat(turns).isGreaterThan(all.size());
        assertThat(ExampleArguments.variants(schema, NONE)).containsExactlyElementsOf(all);
    }

    private static Action action(String name) {
        return CATALOGUE.find(name).orElseThrow();
    }

    private static JsonNode json(String text) {
        return StrictJson.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
