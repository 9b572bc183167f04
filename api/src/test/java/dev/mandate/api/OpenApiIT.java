package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The description says neither more nor less than what the running intake does. */
class OpenApiIT {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final Pattern CODE = Pattern.compile("`([a-z_]+(?:\\.[a-z_]+)?)`");
    private static final Pattern CODE_IN_SOURCE = Pattern.compile(
            "\"((?:request|action|arguments|idempotency|token|issuer|broker|keys|policy|search|cursor|position|stream|command|read_model|requester|batch|resolution)\\.[a-z_]+|overloaded|internal)\"");

    private final ApiHarness harness = ApiHarness.shared();
    private final Http http = harness.http();
    private final JsonNode document = http.get("/v1/openapi.json").json();
    private final String support = harness.issuer().token(TestTokens.support());

    @Test
    void it_is_open_to_anybody_in_both_forms() {
        assertThat(document.get("openapi").stringValue()).isEqualTo("3.1.0");
        assertThat(http.get("/v1/openapi.yaml").text()).startsWith("openapi: 3.1.0");
    }

    @Test
    void every_operation_is_described_and_every_description_is_an_operation() {
        // Given
        Set<String> offered = harness.api().mappings().stream()
                .flatMap(OpenApiIT::operations)
                .filter(operation -> !operation.contains("/error") && !operation.contains("openapi"))
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method ->
                                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

        // Then
        assertThat(described).isEqualTo(offered);
    }

    @Test
    void every_code_in_the_source_is_described() throws IOException {
        // Given
        Set<String> described = new TreeSet<>();
        document.at("/components/responses")
                .forEach(response -> CODE.matcher(response.get("description").stringValue())
                        .results()
                        .map(result -> result.group(1))
                        .forEach(described::add));

        // When
        Set<String> inSource = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                CODE_IN_SOURCE
                        .matcher(Files.readString(file))
                        .results()
                        .map((MatchResult result) -> result.group(1))
                        .forEach(inSource::add);
            }
        }

        // Then
        assertThat(inSource).contains("token.expired", "arguments.invalid", "overloaded", "resolution.conflict");
        assertThat(described).containsAll(inSource);
    }

    @Test
    void every_action_is_named_and_none_is_spelled_out() {
        // When
        String names = document.at("/components/schemas/ActionName/description").stringValue();
        var named = names.lines()
                .filter(line -> line.startsWith("- `"))
                .flatMap(line -> {
                    String resource = line.substring(3, line.indexOf('`', 3));
                    return Stream.of(line.substring(line.indexOf(':') + 2).split(", "))
                            .map(rest -> resource + "." + rest);
                })
                .toList();

        // Then
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        CATALOGUE.actions().stream().map(Action::name).toList());
        String yaml = http.get("/v1/openapi.yaml").text();
        assertThat(yaml).contains("- `users`: ").doesNotContain("${");
        assertThat(yaml.lines().count()).isLessThan(1200);
    }

    @Test
    void every_reference_leads_somewhere() {
        assertThat(document.findValues("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.stringValue().substring(1))
                                        .isMissingNode())
                        .as(reference.stringValue())
                        .isFalse());
    }

    @Test
    void every_operation_asks_for_a_token_and_can_say_no() {
        assertThat(document.at("/security/0").has("accessToken")).isTrue();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().forEach(operation -> {
                    boolean open = operation.has("security")
                            && operation.get("security").isEmpty();
                    assertThat(operation.get("responses").has("401"))
                            .as(path.getKey())
                            .isNotEqualTo(open);
                    assertThat(operation.get("responses").has("429"))
                            .as(path.getKey())
                            .isNotEqualTo(open);
                    assertThat(operation.get("responses").has("503"))
                            .as(path.getKey())
                            .isTrue();
                }));
    }

    @Test
    void answers_are_as_described() {
        conforms(http.submit(support, TestSubmissions.get("auth0|described")).json(), "Acceptance");
        Http.Answer accepted = http.submit(support, TestSubmissions.get("auth0|described"));
        conforms(http.get(accepted.header("Location").orElseThrow(), support).json(), "Command");
        conforms(http.get("/v1/commands?limit=5", support).json(), "CommandPage");
        CATALOGUE
                .actions()
                .forEach(action -> conforms(
                        http.get("/v1/actions/" + action.name(), support).json(), "Action"));
        conforms(http.get("/v1/actions", support).json(), "ActionList");
        batchesAreAsDescribed();
        conforms(http.get("/.well-known/jwks.json").json(), "JwkSet");
        conforms(http.get("/v1/actions").json(), "Problem");
        conforms(http.submit(support, TestSubmissions.block("auth0|1")).json(), "Problem");
        conforms(http.submit(support, "{\"x\":1}").json(), "Problem");
        conforms(
                http.send(http.request("/v1/commands?dry_run=true")
                                .header("Authorization", "Bearer " + support)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(TestSubmissions.block("auth0|1"))))
                        .json(),
                "DryRun");
    }

    private void batchesAreAsDescribed() {
        Http.Answer batch = http.send(http.batch(
                support,
                "described-" + UUID.randomUUID(),
                "?on_error=skip",
                List.of(TestSubmissions.get("auth0|described"), TestSubmissions.blockLine("auth0|1"))));
        conforms(batch.json(), "BatchReport");
        JsonNode view =
                http.get(batch.header("Location").orElseThrow(), support).json();
        conforms(view, "Batch");
        Http.Answer results = http.get(view.at("/links/results").stringValue(), support);
        conforms(results.json(), "BatchResult");
        conforms(http.send(http.batch(support, "?dry_run=true", "oops")).json(), "BatchReport");
    }

    @Test
    void the_examples_are_as_described() {
        JsonNode examples = document.at("/paths/~1v1~1commands/post/requestBody/content/application~1json/examples");
        assertThat(examples).isNotEmpty();
        examples.forEach(example -> {
            JsonNode submission = example.get("value");
            conforms(submission, "Submission");
            Action action =
                    CATALOGUE.find(submission.get("action").stringValue()).orElseThrow();
            assertThat(CATALOGUE.validate(action, submission.get("arguments").asObject()))
                    .isEmpty();
        });
        document.at("/components/responses").forEach(response -> {
            JsonNode example = response.at("/content/application~1problem+json/example");
            if (!example.isMissingNode()) {
                conforms(example, "Problem");
                assertThat(response.get("description").stringValue())
                        .contains("`" + example.get("code").stringValue() + "`");
            }
        });
    }

    private void conforms(JsonNode value, String schema) {
        ObjectNode root = document.deepCopy().asObject();
        root.retain("components");
        root.put("$ref", "#/components/schemas/" + schema);
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        assertThat(registry.getSchema(root).validate(value))
                .as(schema + ": " + value)
                .isEmpty();
    }

    private static Stream<String> operations(RequestMappingInfo mapping) {
        List<String> paths = List.copyOf(mapping.getPatternValues());
        return mapping.getMethodsCondition().getMethods().stream()
                .flatMap(method -> paths.stream().map(path -> method.name() + " " + path));
    }
}
