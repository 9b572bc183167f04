package dev.mandate.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.projection.ProjectionProgress;
import dev.mandate.api.projection.ReadModel;
import dev.mandate.api.projection.ReadModelUnavailableException;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.LogRecord;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code GET /v1/commands/{id}} over real HTTP, on a real log and a real database. */
class CommandReadingIT {

    @TempDir
    static Path directory;

    static Stage stage;
    static Instance intake;
    static TestLog log;

    @BeforeAll
    static void start() {
        stage = new Stage(directory);
        intake = stage.start("intake-1", Map.of());
        log = new TestLog(stage.keys());
        await().until(intake.context().getBean(ProjectionProgress.class)::isCurrent);
    }

    @AfterAll
    static void stop() {
        log.close();
        stage.close();
    }

    static String self(TestLog.Appended command) {
        return intake.context().getBean(CommandLinks.class).self(command.id(), command.position());
    }

    static JsonNode json(HttpResponse<String> response) {
        return StrictJson.parse(response.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_command_can_be_read_as_soon_as_it_was_accepted() {
        // Given
        TestPerson ada = Stage.person("auth0|ada");
        // When
        TestLog.Appended command = log.append(ada);
        HttpResponse<String> answer = intake.get(ada, self(command));
        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("status").stringValue()).isEqualTo("accepted");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void the_answer_is_opened_for_the_requester() {
        // Given
        TestPerson ada = Stage.person("auth0|ada");
        TestLog.Appended command = log.append(ada);
        log.started(command, 1);
        log.succeeded(command, "{\"user_id\":\"auth0|1\",\"blocked\":true}");
        // When
        HttpResponse<String> answer = intake.get(ada, self(command), "Prefer", "wait=10");
        // Then
        assertThat(json(answer).path("status").stringValue()).isEqualTo("succeeded");
        assertThat(json(answer).path("result_state").stringValue()).isEqualTo("opened");
        assertThat(json(answer).path("result").path("blocked").booleanValue()).isTrue();
    }

    @Test
    void a_database_that_lies_about_whose_command_it_was_has_no_answer_opened() throws Exception {
        // Given
        TestPerson ada = somebody();
        TestPerson eve = somebody();
        TestLog.Appended command = log.append(ada);
        log.succeeded(command, "{\"ticket\":\"https://acme.example/canary\"}");
        await().until(() -> json(read(ada, command)).path("result").has("ticket"));
        // When
        try (var connection = intake.context().getBean(DataSource.class).getConnection();
                var lie = connection.prepareStatement("update command set subject = ? where id = ?")) {
            lie.setString(1, eve.subject());
            lie.setObject(2, UUID.fromString(command.id()));
            assertThat(lie.executeUpdate()).isEqualTo(1);
        }
        // Then
        HttpResponse<String> answer = read(eve, command);
        assertThat(json(answer).path("status").stringValue()).isEqualTo("succeeded");
        assertThat(json(answer).path("result_state").stringValue()).isEqualTo("unreadable");
        assertThat(answer.body()).doesNotContain("canary");
    }

    @Test
    void numbers_of_any_size_arrive_as_auth0_wrote_them() {
        // Given
        TestPerson ada = Stage.person("auth0|ada");
        TestLog.Appended command = log.append(ada);
        log.started(command, 1);
        log.succeeded(command, "{\"points\":123456789012345678901234567890}");
        // When
        HttpResponse<String> answer = intake.get(ada, self(command), "Prefer", "wait=10");
        // Then
        assertThat(answer.body()).contains("\"result\":{\"points\":123456789012345678901234567890}");
    }

    @Test
    void what_is_known_from_auth0s_log_names_the_entry_and_has_no_answer() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        log.started(command, 1);
        log.foundInLog(command, "9002026");
        // When
        JsonNode live = json(intake.get(ada, self(command), "Prefer", "wait=10"));
        await().until(() ->
                json(intake.get(ada, "/v1/commands")).at("/commands/0/upstream").has("log_id"));
        JsonNode projected = json(intake.get(ada, "/v1/commands")).at("/commands/0");
        // Then
        for (JsonNode view : List.of(live, projected)) {
            assertThat(view.path("status").stringValue()).isEqualTo("succeeded");
            assertThat(view.at("/upstream/log_id").stringValue()).isEqualTo("9002026");
            assertThat(view.has("result_state")).isFalse();
        }
    }

    static TestPerson somebody() {
        return Stage.person("auth0|" + UUID.randomUUID());
    }

    static HttpResponse<String> read(TestPerson person, TestLog.Appended command, String... headers) {
        return intake.get(person, self(command), headers);
    }

    static String code(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        return json(response).path("code").stringValue();
    }

    @Test
    void who_waits_is_told_as_soon_as_there_is_an_outcome() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        var answer = CompletableFuture.supplyAsync(() -> read(ada, command, "Prefer", "wait=30"));
        Watches watches = intake.context().getBean(Watches.class);
        await().until(() -> watches.count() > 0);
        // When
        log.denied(command);
        // Then
        assertThat(json(answer.join()).path("status").stringValue()).isEqualTo("denied");
        assertThat(json(answer.join()).path("error").path("code").stringValue()).isEqualTo("policy.permission_missing");
        assertThat(answer.join().headers().firstValue("Preference-Applied")).contains("wait=30");
        assertThat(watches.count()).isZero();
    }

    @Test
    void who_waits_in_vain_gets_the_command_as_it_stands() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        log.started(command, 1);
        // When
        HttpResponse<String> answer = read(ada, command, "Prefer", "wait=1");
        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("status").stringValue()).isEqualTo("started");
    }

    @Test
    void a_repeated_request_is_told_the_outcome_that_lies_before_it() throws Exception {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        String hash = command.reference().payloadHash();
        log.succeeded(command, "{}");
        await().until(() ->
                json(read(ada, command)).path("status").stringValue().equals("succeeded"));
        try (OutcomeWaits.Watch watch =
                intake.context().getBean(OutcomeWaits.class).open(command.id(), Owner.of(command.command()))) {
            // When
            log.repeated(command, Repeat.Kind.DUPLICATE);
            // Then
            assertThat(watch.ended(Duration.ofSeconds(30), hash))
                    .get()
                    .satisfies(view -> assertThat(view.status()).isEqualTo("succeeded"));
        }
    }

    @Test
    void A30_a_request_that_conflicts_with_another_is_not_told_what_became_of_that() throws Exception {
        // Given two requests under one key, of which the read model has not seen the first when the second comes
        TestPerson ada = somebody();
        Command first = log.command(ada, "INC-1", Optional.of("key-1"));
        Command second = TestLog.under(first.id(), log.command(ada, "INC-2", Optional.of("key-1")));
        try (OutcomeWaits.Watch watch =
                intake.context().getBean(OutcomeWaits.class).open(first.id().value(), Owner.of(first))) {
            TestLog.Appended done = log.append(first);
            TestLog.Appended refused = log.append(second);
            String hash = refused.reference().payloadHash();
            // When
            log.succeeded(done, "{}");
            // Then
            assertThat(watch.ended(Duration.ofSeconds(3), hash)).isEmpty();
            log.repeated(refused, Repeat.Kind.CONFLICT);
            assertThatThrownBy(() -> watch.ended(Duration.ofSeconds(30), hash))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.problem().code()).isEqualTo("idempotency.conflict"));
        }
    }

    @Test
    void a_question_that_takes_too_long_is_given_up_and_keeps_nobody_else_from_asking() {
        ReadModel model = intake.context().getBean(ReadModel.class);

        assertThatThrownBy(() -> model.ask(jdbc -> jdbc.sql("select 1 from pg_sleep(30)")
                        .query(Integer.class)
                        .single()))
                .isInstanceOf(ReadModelUnavailableException.class);
        assertThat(model.<Integer>ask(
                        jdbc -> jdbc.sql("select 1").query(Integer.class).single()))
                .isEqualTo(1);
    }

    @Test
    void questions_leave_connections_to_what_writes_the_read_model() throws Exception {
        // Given
        ReadModel model = intake.context().getBean(ReadModel.class);
        DataSource database = intake.context().getBean(DataSource.class);
        var answers = new ArrayList<Future<Boolean>>();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            // When
            for (int i = 0; i < 30; i++) {
                answers.add(people.submit(() -> isAnswered(model, "select 1 from pg_sleep(4)")));
            }
            // Then the connection by which they are counted is one of those that are left.
            await().until(() -> asleep(database) == 8);
        }
        assertThat(answers).extracting(Future::get).contains(true, false);
    }

    private static int asleep(DataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var counted = statement.executeQuery(
                        "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(4)'")) {
            counted.next();
            return counted.getInt(1);
        }
    }

    private static boolean isAnswered(ReadModel model, String question) {
        try {
            return model.<Integer>ask(
                            jdbc -> jdbc.sql(question).query(Integer.class).single())
                    == 1;
        } catch (ReadModelUnavailableException e) {
            return false;
        }
    }

    @Test
    void a_malformed_entity_tag_is_none() {
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);

        assertThat(read(ada, command, "If-None-Match", "abc").statusCode()).isEqualTo(200);
    }

    @Test
    void the_entity_tag_changes_with_the_command_and_spares_the_body_otherwise() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        String tag = read(ada, command).headers().firstValue("ETag").orElseThrow();
        // When
        HttpResponse<String> unchanged = read(ada, command, "If-None-Match", tag);
        log.denied(command);
        HttpResponse<String> changed = read(ada, command, "If-None-Match", tag, "Prefer", "wait=30");
        // Then
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).isPresent().get().isNotEqualTo(tag);
    }

    @Test
    void A51_A76_anothers_command_answers_like_one_that_does_not_exist() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        read(ada, command);
        String missing = "/v1/commands/01a20990-9500-7b6e-9a51-2f6a4c0c8d10";
        TestPerson eve = somebody();
        for (TestPerson other : List.of(
                eve,
                Stage.stranger(ada.subject()),
                ada.in("org_globex"),
                eve.in("org_globex").with("read:commands"),
                Stage.stranger("auth0|reader").with("read:commands"))) {
            // When
            HttpResponse<String> anothers = intake.get(other, "/v1/commands/" + command.id());
            HttpResponse<String> none = intake.get(other, missing);
            // Then
            assertThat(anothers.statusCode()).isEqualTo(404);
            assertThat(code(anothers)).isEqualTo("command.not_found");
            assertThat(anothers.body()).isEqualTo(none.body());
        }
        assertThat(code(intake.get(eve, "/v1/commands/1"))).isEqualTo("command.not_found");
    }

    @Test
    void others_commands_are_read_with_the_permission_and_without_the_answer() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada.in("org_globex"));
        log.succeeded(command, "{\"ticket\":\"only for her\"}");
        read(ada.in("org_globex"), command, "Prefer", "wait=30");
        TestPerson reader = somebody().with("read:commands");
        for (TestPerson other : List.of(reader, reader.in("org_globex"))) {
            // When
            HttpResponse<String> answer = read(other, command);
            // Then
            assertThat(json(answer).path("status").stringValue()).isEqualTo("succeeded");
            assertThat(json(answer).path("result_state").stringValue()).isEqualTo("sealed");
            assertThat(answer.body()).doesNotContain("only for her").doesNotContain("\"result\"");
        }
        assertThat(read(reader.in("org_initech"), command).statusCode()).isEqualTo(404);
    }

    @Test
    void A73_who_may_not_wait_any_more_is_told_so_and_reads_what_needs_no_waiting() {
        // Given an instance at which nobody may wait, and a place that the read model has not reached
        Instance busy = stage.start("intake-2", Map.of("mandate.requester.waiting", "0"));
        await().until(busy.context().getBean(ProjectionProgress.class)::isCurrent);
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        LogRecord.Position here = command.position();
        var ahead = new LogRecord.Position(here.topic(), here.partition(), here.offset() + 1000);
        await().until(() -> busy.get(ada, self(command)).statusCode() == 200);
        // When
        HttpResponse<String> answer =
                busy.get(ada, intake.context().getBean(CommandLinks.class).self(command.id(), ahead));
        // Then
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(code(answer)).isEqualTo("requester.concurrency");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void a_position_that_was_not_given_out_for_the_command_is_refused() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended command = log.append(ada);
        TestLog.Appended other = log.append(ada);
        String foreign = self(other).substring(self(other).indexOf('?'));
        for (String position : List.of("?position=AAAA", "?position=%00", foreign)) {
            // When
            HttpResponse<String> answer = intake.get(ada, "/v1/commands/" + command.id() + position);
            // Then
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(code(answer)).isEqualTo("position.invalid");
        }
    }

    @Test
    void A29_an_idempotency_key_is_known_to_its_owner_alone() {
        // Given
        TestPerson ada = somebody();
        var keyed = log.command(ada, "INC-1", Optional.of("key-1"));
        read(ada, log.append(keyed));
        KnownRequests known = intake.context().getBean(KnownRequests.class);
        var scope = new KnownRequests.Scope(ada.issuer(), ada.subject(), "console", "", "acme-prod");
        // When, Then
        assertThat(known.find(scope, "key-1")).hasValueSatisfying(found -> {
            assertThat(found.commandId()).isEqualTo(keyed.id().value());
            assertThat(found.requestHash()).isEqualTo(keyed.context().requestHash());
            assertThat(found.at())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        });
        assertThat(known.find(scope, "key-2")).isEmpty();
        for (var other : List.of(
                new KnownRequests.Scope("https://other.example/", ada.subject(), "console", "", "acme-prod"),
                new KnownRequests.Scope(ada.issuer(), "auth0|eve", "console", "", "acme-prod"),
                new KnownRequests.Scope(ada.issuer(), ada.subject(), "another", "", "acme-prod"),
                new KnownRequests.Scope(ada.issuer(), ada.subject(), "console", "", "globex"),
                new KnownRequests.Scope(ada.issuer(), ada.subject(), "console", "org_9", "acme-prod"))) {
            assertThat(known.find(other, "key-1")).isEmpty();
        }
    }

    @Test
    void a_search_pages_through_everything_once_newest_first() {
        // Given
        TestPerson ada = somebody();
        List<TestLog.Appended> mine =
                IntStream.range(0, 7).mapToObj(i -> log.append(ada)).toList();
        log.append(somebody());
        read(ada, mine.getLast());
        var found = new ArrayList<String>();
        // When
        Optional<String> next = Optional.of("/v1/commands?limit=3&action=users.update");
        int pages = 0;
        while (next.isPresent()) {
            HttpResponse<String> page = intake.get(ada, next.get());
            assertThat(page.statusCode()).isEqualTo(200);
            json(page)
                    .path("commands")
                    .forEach(command -> found.add(command.path("id").stringValue()));
            next = json(page).path("next").stringValueOpt();
            pages++;
        }
        // Then
        assertThat(pages).isEqualTo(3);
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        mine.stream().map(TestLog.Appended::id).toList());
    }

    @Test
    void a_search_filters() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended open = log.append(ada);
        TestLog.Appended begun = log.append(ada);
        log.started(begun, 1);
        TestLog.Appended over = log.append(ada);
        log.denied(over);
        read(ada, over, "Prefer", "wait=30");
        await().untilAsserted(() -> {
            // When, Then
            assertThat(search(ada, "status=accepted")).containsExactly(open.id());
            assertThat(search(ada, "status=started")).containsExactly(begun.id());
            assertThat(search(ada, "status=denied")).containsExactly(over.id());
        });
        String target = over.command().context().target().id().replace("|", "%7C");
        assertThat(search(ada, "target_type=user&target=" + target)).containsExactly(over.id());
        assertThat(search(ada, "tenant=acme-prod&since=2020-01-01T00:00:00Z")).hasSize(3);
        assertThat(search(ada, "tenant=globex")).isEmpty();
        assertThat(search(ada, "until=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(search(ada, "requester=auth0%7Csomebody-else")).isEmpty();
    }

    @Test
    void A51_a_search_finds_nothing_that_may_not_be_read() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended plain = log.append(ada);
        TestLog.Appended globex = log.append(ada.in("org_globex"));
        TestLog.Appended initech = log.append(ada.in("org_initech"));
        read(ada.in("org_initech"), initech);
        read(ada.in("org_globex"), globex);
        read(ada, plain);
        TestPerson reader = somebody().with("read:commands");
        String hers = "requester=" + ada.subject().replace("|", "%7C");
        // When, Then
        assertThat(search(ada, hers)).containsExactly(plain.id());
        assertThat(search(somebody(), hers)).isEmpty();
        assertThat(search(reader, hers)).containsExactlyInAnyOrder(plain.id(), globex.id(), initech.id());
        assertThat(search(reader.in("org_globex"), hers)).containsExactly(globex.id());
        assertThat(search(Stage.stranger("auth0|reader").with("read:commands"), hers))
                .isEmpty();
        assertThat(search(Stage.stranger(ada.subject()), hers)).isEmpty();
    }

    @Test
    void a_cursor_that_was_not_given_out_for_this_search_is_refused() {
        // Given
        TestPerson ada = somebody();
        TestLog.Appended last = log.append(ada);
        last = log.append(ada);
        read(ada, last);
        String next = json(intake.get(ada, "/v1/commands?limit=1")).path("next").stringValue();
        String cursor = next.substring(next.indexOf("cursor=") + "cursor=".length());
        assertThat(intake.get(ada, next).statusCode()).isEqualTo(200);
        // When, Then
        for (var refused : List.of(
                intake.get(ada, "/v1/commands?limit=1&cursor=AAAA"),
                intake.get(ada, "/v1/commands?limit=1&cursor=" + cursor + "AA"),
                intake.get(ada, "/v1/commands?limit=1&status=denied&cursor=" + cursor),
                intake.get(somebody(), "/v1/commands?limit=1&cursor=" + cursor),
                intake.get(ada.in("org_globex"), "/v1/commands?limit=1&cursor=" + cursor))) {
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(code(refused)).isEqualTo("cursor.invalid");
        }
    }

    @Test
    void a_search_that_is_not_understood_is_refused() {
        // Given
        TestPerson ada = somebody();
        for (String query : List.of(
                "statsu=denied",
                "status=done",
                "status=denied&status=failed",
                "status=",
                "limit=0",
                "limit=101",
                "limit=x",
                "since=yesterday",
                "since=%2B999999999-01-01T00:00:00Z",
                "action=%00")) {
            // When
            HttpResponse<String> answer = intake.get(ada, "/v1/commands?" + query);
            // Then
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(code(answer)).as(query).isIn("search.invalid", "request.invalid");
        }
    }

    static List<String> search(TestPerson person, String query) {
        HttpResponse<String> answer = intake.get(person, "/v1/commands?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer)
                .path("commands")
                .valueStream()
                .map(command -> command.path("id").stringValue())
                .toList();
    }
}
