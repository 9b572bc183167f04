package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether the review is complete: nothing that an operation reaches, and nothing that is secret, is left out. */
class ReviewTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final Review REVIEW = Review.read(Path.of("src/catalogue"));

    /** What may belong to an organization; whoever logs in through one reaches nothing else. */
    private static final Set<String> BELONGING = Set.of("user", "organization");

    private static final Pattern SOUNDS_LIKE_AN_ID =
            Pattern.compile("(^|_)ids?$|Id$|^(roles|users|groups|members|clients|connections|organizations|permissions"
                    + "|audience|email|identifier|inviter|invitee|connection|resource_server_identifier)$");
    private static final Pattern SOUNDS_SECRET = Pattern.compile(
            "secret|password|passwd|token|api_?key|private_?key|server_?key|write_?key|credential|auth|recovery|link_with|wrapped",
            Pattern.CASE_INSENSITIVE);

    private static Stream<Action> actions() {
        return CATALOGUE.actions().stream();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void every_id_in_the_path_is_of_a_target_or_of_a_part_of_it(Action action) {
        List<String> found = ids(action);
        boolean below = false;
        for (Parameter parameter : action.pathParameters()) {
            boolean named = found.contains("/" + parameter.name());
            assertThat(named || below)
                    .as("%s says nothing of %s", action.name(), parameter.name())
                    .isTrue();
            below |= named;
        }
    }

    @ParameterizedTest
    @MethodSource("actions")
    void what_a_login_through_an_organization_may_reach_names_every_other_thing_that_it_reaches(Action action) {
        if (!action.affects().stream().allMatch(rule -> BELONGING.contains(rule.type()))) {
            return;
        }
        List<String> found = ids(action);
        Map<String, String> named = REVIEW.named(action.name());
        Set<String> silent = new TreeSet<>();
        for (String place : SchemaPlaces.of(CATALOGUE.schema(action)).keySet()) {
            boolean id = place.lastIndexOf('/') > 0
                    && SOUNDS_LIKE_AN_ID.matcher(last(place)).find();
            boolean covered = found.contains(place) || found.contains(place + "/*") || named.containsKey(place);
            if (id && !covered) {
                silent.add(place);
            }
        }
        assertThat(silent).as(action.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void an_argument_that_sounds_secret_is_sealed_or_known_to_be_none(Action action) {
        List<String> sealed =
                action.secretArguments().stream().map(PointerPattern::toString).toList();
        Set<String> open = new TreeSet<>();
        SchemaPlaces.of(CATALOGUE.schema(action)).forEach((place, schemas) -> {
            boolean secret = SOUNDS_SECRET.matcher(last(place)).find()
                    && schemas.stream().anyMatch(ReviewTest::holdsText);
            boolean covered = sealed.stream().anyMatch(each -> place.equals(each) || place.startsWith(each + "/"));
            if (secret && !covered && !REVIEW.notSecret().containsKey(last(place))) {
                open.add(place);
            }
        });
        assertThat(open).as(action.name()).isEmpty();
    }

    @Test
    void no_exception_is_left_over() {
        Set<String> names = new HashSet<>();
        actions()
                .forEach(action ->
                        SchemaPlaces.of(CATALOGUE.schema(action)).keySet().forEach(place -> names.add(last(place))));
        assertThat(names).containsAll(REVIEW.notSecret().keySet());
        actions()
                .forEach(action -> assertThat(
                                SchemaPlaces.of(CATALOGUE.schema(action)).keySet())
                        .containsAll(REVIEW.named(action.name()).keySet()));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void no_secret_lies_within_another_or_hides_what_policies_look_at(Action action) {
        Set<String> seen = new TreeSet<>();
        Stream.of(
                        action.secretArguments().stream().map(PointerPattern::toString),
                        ids(action).stream(),
                        action.marks().stream().map(mark -> mark.at().toString()),
                        action.ownForbidden().stream().map(Object::toString))
                .flatMap(each -> each)
                .forEach(seen::add);
        for (PointerPattern secret : action.secretArguments()) {
            assertThat(seen).as(action.name()).noneMatch(place -> place.startsWith(secret + "/"));
            assertThat(ids(action)).doesNotContain(secret.toString());
            assertThat(secret.toString()).startsWith("/body");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "users.get; {'id':'auth0|1'}",
                "users.sessions.delete; {'user_id':'auth0|1'}",
                "users.identities.delete; {'id':'auth0|1','provider':'ad','user_id':'x'}",
                "userBlocks.delete; {'id':'auth0|1'}",
                "organizations.members.roles.assign; {'id':'org_1','user_id':'auth0|1','body':{'roles':['rol_1']}}",
                "organizations.members.effectiveRoles.list; {'id':'org_1','user_id':'auth0|1'}",
                "tickets.changePassword; {'body':{'user_id':'auth0|1'}}",
                "tickets.verifyEmail; {'body':{'user_id':'auth0|1'}}",
                "jobs.verificationEmail.create; {'body':{'user_id':'auth0|1'}}",
                "guardian.enrollments.createTicket; {'body':{'user_id':'auth0|1'}}",
                "userGrants.list; {'query':{'user_id':'auth0|1'}}",
                "userGrants.deleteByUserId; {'query':{'user_id':'auth0|1'}}",
                "refreshTokens.list; {'query':{'user_id':'auth0|1'}}",
                "refreshTokens.revoke; {'body':{'user_id':'auth0|1'}}",
                "deviceCredentials.list; {'query':{'user_id':'auth0|1'}}"
            })
    void all_commands_on_one_user_share_a_key(String action, String arguments) {
        assertThat(CATALOGUE.find(action).orElseThrow().target(json(arguments)))
                .isEqualTo(new Target("user", "auth0|1"));
    }

    @Test
    void every_target_is_typed_as_the_resources_file_or_an_entry_says() {
        Set<String> types = new TreeSet<>();
        actions().forEach(action -> types.add(action.target().type()));
        assertThat(types).allMatch(type -> type.matches("[a-z]+(_[a-z]+)*"));
        assertThat(types).contains("user", "users", "organization", "client", "email_provider");
    }

    @Test
    void a_password_that_nobody_marked_would_be_noticed() {
        Map<String, List<JsonNode>> places =
                SchemaPlaces.of(CATALOGUE.schema(CATALOGUE.find("users.create").orElseThrow()));
        assertThat(places).containsKey("/body/password");
        assertThat(SOUNDS_SECRET.matcher("password").find()).isTrue();
        assertThat(places.get("/body/password")).anyMatch(ReviewTest::holdsText);
        assertThat(REVIEW.notSecret()).doesNotContainKey("password");
    }

    private static List<String> ids(Action action) {
        return Stream.concat(Stream.of(action.target()), action.affects().stream())
                .flatMap(rule -> rule.ids().stream())
                .map(PointerPattern::toString)
                .distinct()
                .toList();
    }

    /** Whether text may stand there: as itself, in an array of unnamed texts, or in members that nobody names. */
    private static boolean holdsText(JsonNode schema) {
        boolean named = schema.has("properties") || schema.has("oneOf") || schema.has("anyOf");
        boolean list = schema.has("items");
        String type = schema.path("type").toString();
        return !named && !list && !type.equals("\"boolean\"") && !type.equals("[\"boolean\",\"null\"]");
    }

    private static String last(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }

    private static ObjectNode json(String text) {
        return StrictJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
