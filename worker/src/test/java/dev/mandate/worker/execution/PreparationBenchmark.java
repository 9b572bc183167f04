package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.Problem;
import dev.mandate.contracts.json.StrictJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a command costs between being understood and being sent: looking its action up, validating its arguments,
 * building the request. {@code docs/performance.md} says how to run it and what came of it. Each operation is sampled,
 * since the median says what it costs even where the machine has other things to do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PreparationBenchmark {

    private static final URI MANAGEMENT_API = URI.create("https://acme.example.auth0.com/api/v2");

    private static final Map<String, String> ARGUMENTS = Map.of(
            "users.get", "{'id':'auth0|65b0f1c2d3e4f5a6b7c8d9e0'}",
            "users.list",
                    "{'query':{'per_page':50,'sort':'created_at:-1','fields':'user_id,email','include_fields':true}}",
            "users.update",
                    "{'id':'auth0|65b0f1c2d3e4f5a6b7c8d9e0','body':{'blocked':true,'name':'Uma User','user_metadata':{'a':1}}}",
            "users.roles.assign",
                    "{'id':'auth0|65b0f1c2d3e4f5a6b7c8d9e0','body':{'roles':['rol_0000000000000001','rol_0000000000000002']}}",
            "organizations.invitations.create",
                    "{'id':'org_0000000000000001','body':{'inviter':{'name':'Olga'},'invitee':{'email':'new@globex.example'},"
                            + "'client_id':'abc','roles':['rol_0000000000000001'],'ttl_sec':3600}}",
            "clients.create",
                    "{'body':{'name':'Shop','app_type':'spa','callbacks':['https://shop.example/cb'],'grant_types':['authorization_code',"
                            + "'refresh_token'],'jwt_configuration':{'alg':'RS256','lifetime_in_seconds':3600},'oidc_conformant':true,"
                            + "'refresh_token':{'rotation_type':'rotating','expiration_type':'expiring','token_lifetime':86400}}}",
            "connections.create",
                    "{'body':{'name':'globex','strategy':'samlp','display_name':'Globex','enabled_clients':['a','b'],"
                            + "'options':{'signInEndpoint':'https://idp.example/','signingCert':'x','domain_aliases':['globex.example']}}}");

    private final Catalogue catalogue = Catalogue.bundled();

    /** The action. */
    @Param({
        "users.get",
        "users.list",
        "users.update",
        "users.roles.assign",
        "organizations.invitations.create",
        "clients.create",
        "connections.create"
    })
    private String name = "";

    private ObjectNode arguments = StrictJson.object();
    private byte[] payload = {};

    /** Reads the sample, and sees that it is a good one: a refused one would be measured up to its first problem. */
    @Setup
    public void sample() {
        String text = ARGUMENTS.getOrDefault(name, "").replace('\'', '"');
        arguments = StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        payload = ("{\"tctx\":{\"arguments\":" + text + "}}").getBytes(StandardCharsets.UTF_8);
        assertThat(validate()).isEmpty();
    }

    /** Look-up and validation: once in the API, once more in the worker. */
    @Benchmark
    public List<Problem> validate() {
        return catalogue.validate(action(), arguments);
    }

    /** All of it, as in the worker. */
    @Benchmark
    public PreparedCall prepare() {
        Action action = action();
        if (!catalogue.validate(action, arguments).isEmpty()) {
            throw new IllegalStateException("The sample is no longer valid");
        }
        return PreparedCall.of(MANAGEMENT_API, action, arguments, VerbatimBody.of(payload, Map.of()), Optional.empty());
    }

    private Action action() {
        return catalogue.find(name).orElseThrow();
    }

    @Test
    void measure() throws Exception {
        var options = new OptionsBuilder()
                .include(PreparationBenchmark.class.getSimpleName())
                .forks(1)
                // As in production: not with what makes the tests' own JVMs start quickly.
                .jvmArgs("-XX:+UseParallelGC", "-Xmx512m")
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(4)
                .measurementTime(TimeValue.seconds(1))
                .build();
        assertThat(new Runner(options).run())
                .extracting(RunResult::getPrimaryResult)
                .hasSize(2 * ARGUMENTS.size());
    }
}
