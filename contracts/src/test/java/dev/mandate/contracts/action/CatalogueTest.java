package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CatalogueTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final String DEFINITIONS = "#/$defs/";

    /** Bodies whose members Auth0 leaves to its callers. */
    private static final List<String> OPEN_BODIES = List.of(
            "branding.phone.templates.reset",
            "hooks.secrets.create",
            "hooks.secrets.update",
            "prompts.customText.set",
            "prompts.partials.set",
            "selfServiceProfiles.customText.set");

    private static Stream<Action> actions() {
        return CATALOGUE.actions().stream();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users.get",
                "users.list",
                "users.create",
                "users.update",
                "users.delete",
                "users.roles.list",
                "users.roles.assign",
                "users.roles.delete",
                "users.permissions.list",
                "roles.list",
                "organizations.members.list",
                "organizations.members.create",
                "organizations.members.delete",
                "organizations.members.roles.assign",
                "tickets.changePassword"
            })
    void the_actions_of_the_main_job_are_offered(String name) {
        assertThat(CATALOGUE.find(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "users", "users.*", "users.Update", "users.update ", "clients", "users.update.v0"})
    void A38_what_is_not_exactly_an_actions_name_is_none(String name) {
        assertThat(CATALOGUE.find(name)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void every_pointer_of_the_review_leads_somewhere(Action action) {
        JsonNode schema = CATALOGUE.schema(action);
        List<String> pointers = new ArrayList<>();
        action.target().ids().forEach(id -> pointers.add(id.toString()));
        action.affects().forEach(rule -> rule.ids().forEach(id -> pointers.add(id.toString())));
        action.marks().forEach(mark -> pointers.add(mark.at().toString()));
        action.ownForbidden().forEach(pointer -> pointers.add(pointer.toString()));
        action.secretArguments().forEach(pointer -> pointers.add(pointer.toString()));
        for (String pointer : pointers) {
            assertThat(exists(schema, schema, pointer))
                    .as(action.name() + " has no argument at " + pointer)
                    .isTrue();
        }
    }

    @Test
    void a_pointer_that_leads_nowhere_would_be_noticed() {
        JsonNode schema = CATALOGUE.schema(action("users.update"));
        assertThat(exists(schema, schema, "/body/password")).isTrue();
        assertThat(exists(schema, schema, "/body/pasword")).isFalse();
        assertThat(exists(schema, schema, "/user_id")).isFalse();
        assertThat(exists(schema, schema, "/body/blocked/*")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void an_action_is_complete(Action action) {
        List<String> inTemplate = Pattern.compile("\\{([^}]+)}")
                .matcher(action.path())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(action.pathParameters()).extracting(Parameter::name).containsExactlyElementsOf(inTemplate);
        assertThat(action.scopes()).isNotEmpty();
        assertThat(action.affects()).isNotEmpty();
        assertThat(action.success()).isNotEmpty().allMatch(status -> status >= 200 && status < 300);
        assertThat(action.reads()).isEqualTo(action.method().equals("GET"));
        assertThat(action.async()).isEqualTo(action.success().contains(202));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void A36_unknown_arguments_are_refused_at_the_top_in_the_query_and_in_the_body(Action action) {
        ObjectNode arguments = StrictJson.object().put("unheard_of", 1);
        assertThat(CATALOGUE.validate(action, arguments))
                .anySatisfy(problem -> assertThat(problem.message()).contains("unheard_of"));
        if (!action.queryParameters().isEmpty()) {
            ObjectNode query = StrictJson.object();
            query.putObject("query").put("unheard_of", 1);
            assertThat(CATALOGUE.validate(action, query))
                    .extracting(Problem::pointer)
                    .contains("/query");
        }
        if (action.body().isPresent()) {
            ObjectNode body = StrictJson.object();
            body.putObject("body").put("unheard_of", "x");
            assertThat(CATALOGUE.validate(action, body))
                    .as(action.name())
                    .filteredOn(problem -> problem.pointer().startsWith("/body"))
                    .satisfies(
                            problems -> assertThat(problems.isEmpty()).isEqualTo(OPEN_BODIES.contains(action.name())));
        }
    }

    @ParameterizedTest
    @MethodSource("actions")
    void A41_an_unsafe_path_parameter_is_refused(Action action) {
        for (Parameter parameter : action.pathParameters()) {
            for (String unsafe : List.of("..", "a/b", "%2e%2e", "a?b", "")) {
                ObjectNode arguments = StrictJson.object().put(parameter.name(), unsafe);
                assertThat(CATALOGUE.validate(action, arguments))
                        .extracting(Problem::pointer)
                        .as(action.name() + " " + unsafe)
                        .contains("/" + parameter.name());
            }
        }
    }

    @Test
    void good_arguments_have_no_problems() {
        assertThat(problems("users.update", "{\"id\":\"auth0|1\",\"body\":{\"blocked\":true}}"))
                .isEmpty();
        assertThat(problems("users.get", "{\"id\":\"auth0|1\"}")).isEmpty();
        assertThat(problems("users.list", "{\"query\":{\"page\":0}}")).isEmpty();
        assertThat(problems("users.list", "{}")).isEmpty();
        assertThat(problems("users.roles.assign", "{\"id\":\"auth0|1\",\"body\":{\"roles\":[\"rol_1\"]}}"))
                .isEmpty();
    }

    @Test
    void a_null_that_auth0_takes_is_taken() {
        assertThat(problems("users.update", "{\"id\":\"auth0|1\",\"body\":{\"email\":null}}"))
                .isEmpty();
        assertThat(problems("users.update", "{\"id\":\"auth0|1\",\"body\":{\"blocked\":null}}"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "users.get; {}; ",
                "users.get; {\"id\":1}; /id",
                "users.update; {\"id\":\"a\",\"body\":{\"blocked\":\"true\"}}; /body/blocked",
                "users.roles.assign; {\"id\":\"a\"}; ",
                "users.update; {\"id\":\"a\",\"body\":[]}; /body",
                "users.list; {\"query\":{\"page\":-1}}; /query/page",
                "users.list; {\"query\":{\"page\":\"1\"}}; /query/page",
                "users.roles.assign; {\"id\":\"a\",\"body\":{\"roles\":[]}}; /body/roles",
                "users.roles.assign; {\"id\":\"a\",\"body\":{\"roles\":[1]}}; /body/roles/0"
            })
    void wrong_arguments_are_pointed_at(String action, String arguments, String pointer) {
        assertThat(problems(action, arguments)).extracting(Problem::pointer).contains(pointer == null ? "" : pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"hunter2\"", "{\"hunter2\":\"hunter2\"}", "[\"hunter2\"]", "\"hunter2\\u0000\""})
    void A75_a_problem_never_repeats_a_value(String secret) {
        for (String member : List.of("password", "email", "blocked", "phone_number", "connection", "user_metadata")) {
            List<Problem> problems =
                    problems("users.update", "{\"id\":\"a\",\"body\":{\"" + member + "\":" + secret + "}}");
            assertThat(problems.toString().replace("has a member that is not known here: hunter2", ""))
                    .as(member)
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void marks_and_secrets_apply_only_where_the_argument_is_present() {
        Action update = action("users.update");
        assertThat(update.marks(json("{\"id\":\"a\",\"body\":{\"blocked\":true}}")))
                .isEmpty();
        assertThat(update.marks(json("{\"id\":\"a\",\"body\":{\"password\":\"x\"}}"))
                        .map(mark -> mark.permission(update.name())))
                .containsExactly("users.update:password");
        assertThat(update.marks(json("{\"id\":\"a\",\"body\":{\"password\":null}}")))
                .hasSize(1);
        assertThat(update.secretsIn(json("{\"id\":\"a\",\"body\":{\"password\":\"x\"}}")))
                .hasSize(1);
        assertThat(update.secretsIn(json("{\"id\":\"a\",\"body\":{\"password\":null}}")))
                .isEmpty();
    }

    private static boolean exists(JsonNode root, JsonNode schema, String pointer) {
        JsonNode here = schema;
        if (pointer.isEmpty()) {
            return true;
        }
        for (String step : pointer.substring(1).split("/")) {
            here = resolve(root, here);
            here = step.equals("*")
                    ? here.path("items")
                    : here.path("properties").path(step);
        }
        return !here.isMissingNode();
    }

    private static JsonNode resolve(JsonNode root, JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith(DEFINITIONS)
                ? root.path("$defs").path(reference.substring(DEFINITIONS.length()))
                : schema;
    }

    private static List<Problem> problems(String action, String arguments) {
        return CATALOGUE.validate(action(action), json(arguments));
    }

    private static Action action(String name) {
        return CATALOGUE.find(name).orElseThrow();
    }

    private static ObjectNode json(String text) {
        return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
