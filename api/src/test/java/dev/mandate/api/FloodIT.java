package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.RunningApi;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.topic.Topics;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One requester who sends more than is good for the others, to an intake with few places. */
class FloodIT {

    private static final ApiHarness HARNESS = ApiHarness.shared();
    private static final int PLACES = 8;
    private static RunningApi api;

    @BeforeAll
    static void start() {
        var properties = new LinkedHashMap<>(HARNESS.properties());
        properties.put("mandate.intake.concurrency", Integer.toString(PLACES));
        properties.put("mandate.requester.per-second", "1");
        properties.put("mandate.requester.burst", "20");
        api = RunningApi.start(properties);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void A73_the_flood_of_one_person_is_turned_away_and_hurts_nobody_else() {
        // Given
        String ada = token("auth0|flood");
        String adaAnew = token("auth0|flood", "another-client");
        String sam = token("auth0|calm");

        // When
        List<Http.Answer> flood = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            flood.add(api.http().get("/v1/actions/users.get", i % 2 == 0 ? ada : adaAnew));
        }
        Http.Answer calm = api.http().get("/v1/actions/users.get", sam);

        // Then
        Http.Answer turnedAway = flood.getLast();
        assertThat(flood.getFirst().status()).isEqualTo(200);
        assertThat(turnedAway.status()).isEqualTo(429);
        assertThat(turnedAway.code()).isEqualTo("requester.rate");
        assertThat(turnedAway.header("RateLimit-Policy")).contains("\"requester\";q=20;w=20");
        assertThat(turnedAway.header("RateLimit").orElseThrow()).startsWith("\"requester\";r=0;t=");
        assertThat(turnedAway.header("Retry-After")).contains("1");
        assertThat(calm.status()).isEqualTo(200);
        assertThat(calm.header("RateLimit").orElseThrow()).startsWith("\"requester\";r=19;t=1");
    }

    @Test
    void A73_what_is_turned_away_leaves_nothing_in_the_log() {
        // Given
        String ada = token("auth0|flood-of-commands");
        for (int i = 0; i < 30; i++) {
            api.http().get("/v1/actions/users.get", ada);
        }
        try (TopicLog commands = HARNESS.log(Topics.COMMANDS)) {
            long before = commands.size();

            // When
            Http.Answer answer = api.http().submit(ada, TestSubmissions.get("auth0|1"));

            // Then
            assertThat(answer.code()).isEqualTo("requester.rate");
            assertThat(commands.size()).isEqualTo(before);
        }
    }

    @Test
    void A73_one_person_who_sends_slowly_does_not_keep_all_the_places() throws Exception {
        // Given
        String ada = token("auth0|slow");
        String head = "POST /v1/commands HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000\r\nAuthorization: Bearer " + ada + "\r\n\r\n{";
        List<Socket> slow = new ArrayList<>();
        try {
            // When
            for (int i = 0; i < PLACES; i++) {
                slow.add(api.http().begin(head));
            }
            await().until(() -> api.http().get("/v1/actions/users.get", ada).status() == 429);

            // Then
            assertThat(api.http().get("/v1/actions/users.get", ada).code()).isEqualTo("requester.concurrency");
            assertThat(api.http()
                            .get("/v1/actions/users.get", token("auth0|quick"))
                            .status())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static String token(String subject) {
        return token(subject, "console");
    }

    private static String token(String subject, String client) {
        return HARNESS.issuer()
                .token(TestTokens.of(subject, List.of("read:users")).with("azp", client));
    }
}
