package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Hashes;
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
import tools.jackson.databind.node.ObjectNode;

class CatalogueTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();

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

    @Test
    void a_table_that_differs_in_one_byte_has_another_hash() {
        byte[] table = "{\"actions\":[],\"schemas\":{}}".getBytes(StandardCharsets.UTF_8);
        byte[] other = "{\"actions\":[], \"schemas\":{}}".getBytes(StandardCharsets.UTF_8);

        assertThat(Catalogue.read(table).hash())
                .isEqualTo(Hashes.sha256(table))
                .isNotEqualTo(Catalogue.read(other).hash());
        assertThat(CATALOGUE.hash()).isEqualTo(Catalogue.bundled().hash());
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
        List<String> pointers = new ArrayList<>();
        action.target().ids().forEach(id -> pointers.add(id.toString()));
        action.affects().forEach(rule -> rule.ids().forEach(id -> pointers.add(id.toString())));
        action.marks().forEach(mark -> pointers.add(mark.at().toString()));
        action.ownForbidden().forEach(pointer -> pointers.add(pointer.toString()));
        action.secretArguments().forEach(pattern -> pointers.add(pattern.toString()));
        action.scopeRules().forEach(rule -> {
            rule.onlyMembers().forEach(pointer -> pointers.add(pointer.toString()));
            rule.anyMember().forEach(pointer -> pointers.add(pointer.toString()));
        });
        assertThat(SchemaPlaces.of(CATALOGUE.schema(action)).keySet())
                .as(action.name())
                .containsAll(pointers);
    }

    @Test
    void a_pointer_that_leads_nowhere_would_be_noticed() {
        assertThat(SchemaPlaces.of(CATALOGUE.schema(action("users.update"))).keySet())
                .contains("/body/password")
                .doesNotContain("/body/pasword", "/user_id", "/body/blocked/*");
    }

    @ParameterizedTest
    @MethodSource("actions")
    void an_action_is_complete(Action action) {
        List<String> inTemplate = Pattern.compile("\\{([^}]+)}")
                .matcher(action.path())
                .results()
                .map(match -> match.group(1))
                .toList();
        if (!action.isMacro()) {
            assertThat(action.pathParameters()).extracting(Parameter::name).containsExactlyElementsOf(inTemplate);
        }
        assertThat(action.scopes()).isNotEmpty();
        assertThat(action.affects()).isNotEmpty();
        if (action.isMacro()) {
            return;
        }
        assertThat(action.success()).isNotEmpty().allMatch(status -> status >= 200 && status < 300);
        assertThat(action.reads()).isEqualTo(action.method().equals("GET"));
        assertThat(action.bodyType().isPresent()).isEqualTo(action.body().isPresent());
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

    @ParameterizedTest
    @MethodSource("actions")
    void A41_an_unsafe_id_anywhere_else_is_refused_too(Action action) {
        List<PointerPattern> places = Stream.concat(Stream.of(action.target()), action.affects().stream())
                .flatMap(rule -> rule.ids().stream())
                .filter(place -> place.steps().size() > 1)
                .toList();
        for (PointerPattern place : places) {
            for (String unsafe : List.of("..", ".", "", "a\nb", "\u202e")) {
                ObjectNode arguments = StrictJson.object();
                put(arguments, place.steps(), unsafe);
                String pointer = place.in(arguments).findFirst().orElseThrow().toString();
                assertThat(CATALOGUE.validate(action, arguments))
                        .as("%s %s", place, unsafe)
                        .contains(new Problem(pointer, "is not a safe id"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tickets.changePassword; {'body':{'user_id':'..'}}; /body/user_id",
                "tickets.changePassword; {'body':{'user_id':'auth0|x/../../clients/abc'}}; /body/user_id",
                "userGrants.deleteByUserId; {'query':{'user_id':'%2e%2e'}}; /query/user_id",
                "users.roles.assign; {'id':'a','body':{'roles':['rol_1','..']}}; /body/roles/1",
                "organizations.members.create; {'id':'org_1','body':{'members':['auth0|1','a/b']}}; /body/members/1",
                "users.permissions.create; {'id':'a','body':{'permissions':[{'permission_name':'x','resource_server_identifier':'..'}]}}; /body/permissions/0/resource_server_identifier"
            })
    void A41_such_an_id_is_pointed_at(String action, String arguments, String pointer) {
        assertThat(problems(action, arguments.replace('\'', '"'))).contains(new Problem(pointer, "is not a safe id"));
    }

    @Test
    void an_apis_identifier_among_permissions_may_be_a_uri() {
        assertThat(
                        problems(
                                "users.permissions.create",
                                "{\"id\":\"a\",\"body\":{\"permissions\":[{\"permission_name\":\"x\",\"resource_server_identifier\":\"https://api.example/\"}]}}"))
                .isEmpty();
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
    void all_operations_of_auth0s_description_are_offered() {
        assertThat(CATALOGUE.operations()).hasSize(452);
        assertThat(CATALOGUE.operations())
                .filteredOn(action -> action.sdk().isPresent())
                .hasSize(389);
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

    private static void put(ObjectNode parent, List<String> steps, String value) {
        String first = steps.getFirst();
        if (steps.size() == 1) {
            parent.put(first, value);
        } else if (!steps.get(1).equals("*")) {
            put(parent.putObject(first), steps.subList(1, steps.size()), value);
        } else if (steps.size() == 2) {
            parent.putArray(first).add(value);
        } else {
            put(parent.putArray(first).addObject(), steps.subList(2, steps.size()), value);
        }
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
