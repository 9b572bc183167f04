package dev.mandate.sandbox.everyaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.PointerPattern;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.sandbox.Progress;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.SandboxOptions;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.endtoend.Audited;
import dev.mandate.sandbox.everyaction.Run.Sent;
import dev.mandate.sandbox.evidence.Disguises;
import dev.mandate.sandbox.evidence.Evidence;
import dev.mandate.sandbox.evidence.SecretHunt;
import dev.mandate.sandbox.evidence.SecretHunt.Kind;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every operation of Auth0's Management API, end to end: real requests to the API's process, Kafka, the worker's
 * process, the tenant's stand-in, and back; with a word in every secret argument and in every secret result, which then
 * nobody but Auth0 and the requester has heard of. Both processes log at their most talkative.
 */
class EveryActionIT {

    /** What can't succeed, how it ends, and why. */
    private static final List<String> REFUSED = List.of(
            // Its scope is about whoever logged in; no application is ever granted it.
            "deviceCredentials.createPublicKey: 200 failed credential.insufficient");

    private static final List<Action> ACTIONS = Catalogue.bundled().operations();
    private static final Words SECRETS = new Words('c');
    private static final Words OTHERS = new Words('m');
    private static final PlantedAnswers ANSWERS = new PlantedAnswers(ACTIONS, SECRETS);

    private static Sandbox sandbox;
    private static Requests requests;
    private static List<Sent> sent;
    private static String reader;

    /** What the processes wrote explains a failure. */
    @RegisterExtension
    static final AfterEachCallback KEEP =
            context -> context.getExecutionException().ifPresent(_ -> sandbox.keep());

    @BeforeAll
    static void run() throws Exception {
        var options = SandboxOptions.of(
                        Path.of(System.getProperty("mandate.home", "..")), Path.of("target", "every-action"))
                .with(Map.of(
                        "logging.level.dev.mandate", "trace",
                        "logging.level.org.springframework.web", "debug",
                        "logging.level.org.springframework.security", "debug"));
        sandbox = Sandbox.start(options, Progress.SILENT);
        var auth0 = sandbox.simulator();
        auth0.faults().inject(Fault.once(new Effect.OtherAnswer(ANSWERS::plant)).always());
        requests = new Requests(Catalogue.bundled(), auth0.stock(), SECRETS, OTHERS);
        try (var frontend = new Frontend(sandbox.api().url(), auth0.issuer())) {
            var requesters = new Requesters(auth0.tenant(), frontend);
            sent = new Run(frontend, requesters, requests, auth0.stock(), auth0.tenant()).all(ACTIONS);
            reader = requesters.withPermissions("reader", List.of("read:commands"));
        }
        System.out.printf(
                "Operations run: %d, in %d commands: %s%n",
                sent.stream().map(Sent::action).distinct().count(),
                sent.size(),
                counted(sent, each -> each.answer().inShort()));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void every_operation_succeeds_but_those_that_can_not() {
        var refused = sent.stream().filter(each -> !each.succeeded()).toList();

        assertThat(sent).extracting(Sent::action).containsAll(ACTIONS);
        assertThat(refused)
                .as(refused.toString())
                .extracting(each -> each.action().name() + ": " + each.answer().inShort())
                .containsOnly(REFUSED.toArray(String[]::new));
    }

    @Test
    void every_command_has_exactly_one_outcome_and_an_auditor_finds_everything_in_order() {
        var outcomes = new Evidence(sandbox)
                .journal().stream()
                        .filter(Outcome.class::isInstance)
                        .map(outcome -> outcome.command().id().value())
                        .toList();

        assertThat(outcomes)
                .containsExactlyInAnyOrderElementsOf(sent.stream().map(Sent::id).toList());
        Audited.assertEverythingHolds(sandbox);
    }

    @Test
    void auth0_was_asked_once_for_each_command_and_for_nothing_else_than_who_the_requesters_are() {
        var calls = sandbox.simulator().journal().all().stream()
                .filter(seen -> seen.path().startsWith("/api/v2/"))
                .filter(seen -> !Requesters.isAbout(seen.decodedPath()))
                .toList();
        var done = sent.stream().filter(Sent::succeeded).toList();

        assertThat(counted(calls, seen -> seen.method() + " " + seen.decodedPath()))
                .isEqualTo(counted(done, Sent::call));
        assertThat(callsByCommand())
                .isEqualTo(done.stream()
                        .filter(each -> !each.action().method().equals("GET"))
                        .collect(Collectors.toMap(Sent::id, Sent::call)));
    }

    @Test
    void each_call_was_made_with_its_least_scopes_by_the_narrowest_application_that_has_them() {
        var calls = sandbox.simulator().journal().managementWrites().stream()
                .collect(Collectors.toMap(seen -> seen.correlationId().orElseThrow(), Function.identity()));
        var writes = sent.stream().filter(each -> calls.containsKey(each.id())).toList();

        assertThat(writes).isNotEmpty().allSatisfy(each -> {
            SeenRequest call = calls.get(each.id());
            var held = DemoSeed.permissions(each.action()).toList();
            assertThat(call.scopes())
                    .as(each.action().name())
                    .containsExactlyInAnyOrderElementsOf(each.action().scopes(each.arguments(), held));
            assertThat(call.client())
                    .as(each.action().name())
                    .contains(
                            DemoSeed.WORKER_SCOPES.containsAll(call.scopes()) ? DemoSeed.WORKER : DemoSeed.WORKER_REST);
        });
        assertThat(calls.values())
                .extracting(call -> call.client().orElseThrow())
                .contains(DemoSeed.WORKER, DemoSeed.WORKER_REST);
    }

    @Test
    void every_secret_argument_reaches_auth0_and_every_secret_result_the_requester() {
        var bodies = sandbox.simulator().journal().managementWrites().stream()
                .collect(Collectors.groupingBy(
                        seen -> seen.correlationId().orElseThrow(),
                        Collectors.mapping(SeenRequest::text, Collectors.joining())));
        var results = sent.stream()
                .collect(Collectors.groupingBy(
                        each -> each.action().name(),
                        Collectors.mapping(
                                each -> each.answer().body().path("result").toString(), Collectors.joining())));

        for (Action action : ACTIONS) {
            for (PointerPattern secret : action.secretArguments()) {
                assertThat(sent)
                        .as(action.name() + secret)
                        .anyMatch(each -> each.action().equals(action)
                                && bodies.get(each.id()).contains(requests.word(action, secret)));
            }
            for (PointerPattern secret : action.secretResults()) {
                assertThat(inAnyForm(action, secret))
                        .as(action.name() + secret)
                        .anyMatch(form -> results.get(action.name()).contains(ANSWERS.word(action, form)));
            }
        }
    }

    @Test
    void A75_no_secret_is_in_any_topic_table_file_or_metric_and_what_is_none_is_found() {
        // Given
        var aCommand = sent.getFirst().id();
        var hunt = new SecretHunt(sandbox, new Evidence(sandbox));

        // When
        var result = hunt.lookFor(List.of(
                SECRETS.disguises(),
                OTHERS.disguises(),
                new Disguises(aCommand, aCommand.length()),
                new Disguises("mandate_", "mandate_".length())));

        // Then
        System.out.println("Looked for " + SECRETS.all().size() + " secrets in " + result.looked());
        assertThat(found(result, SECRETS)).isEmpty();
        assertThat(result.wordsIn(Kind.TOPIC)).as("topic").containsAll(OTHERS.all());
        assertThat(result.wordsIn(Kind.TABLE)).as("table").containsAll(OTHERS.all());
        assertThat(result.wordsIn(Kind.FILE)).as("file").containsAll(OTHERS.all());
        assertThat(result.found().entrySet())
                .filteredOn(entry -> entry.getValue().contains(aCommand))
                .extracting(entry -> entry.getKey().toString())
                .contains("file api/log", "file worker-1/log");
        assertThat(result.wordsIn(Kind.PAGE)).contains("mandate_");
    }

    @Test
    void A75_whoever_may_see_everybodys_commands_sees_no_secret_of_theirs() {
        int seen = 0;
        try (var frontend =
                new Frontend(sandbox.api().url(), sandbox.simulator().issuer())) {
            var next = "/v1/commands?limit=100";
            while (!next.isEmpty()) {
                var page = frontend.send(next, request -> request.header("Authorization", "Bearer " + reader));
                assertThat(page.status()).isEqualTo(200);
                assertThat(SECRETS.disguises().in(page.body().toString().getBytes(StandardCharsets.UTF_8)))
                        .isEmpty();
                seen += page.body().path("commands").size();
                next = page.text("/next");
            }
        }
        assertThat(seen).isEqualTo(sent.size());
    }

    /** A secret of a list is in the answer in one form or another: in a bare array, or in one that has a name. */
    private static Stream<PointerPattern> inAnyForm(Action action, PointerPattern secret) {
        var tail = secret.toString().replaceFirst("^(/[^/*]+)?/\\*", "/*");
        return action.secretResults().stream().filter(form -> form.toString().endsWith(tail));
    }

    /** Where secrets were found, and what for. */
    private static Map<String, Set<String>> found(SecretHunt.Result result, Words words) {
        var found = new TreeMap<String, Set<String>>();
        result.found().forEach((place, there) -> {
            var ours = words.placesOf(there);
            if (!ours.isEmpty()) {
                found.put(place.toString(), ours);
            }
        });
        return found;
    }

    private static Map<String, String> callsByCommand() {
        return sandbox.simulator().journal().managementWrites().stream()
                .collect(Collectors.toMap(
                        seen -> seen.correlationId().orElseThrow(), seen -> seen.method() + " " + seen.decodedPath()));
    }

    private static <T> Map<String, Long> counted(List<T> items, Function<T, String> name) {
        return items.stream().collect(Collectors.groupingBy(name, TreeMap::new, Collectors.counting()));
    }
}
