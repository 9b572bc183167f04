package dev.mandate.api.testkit;

/** Bodies of {@code POST /v1/commands}. */
public final class TestSubmissions {

    private TestSubmissions() {}

    public static String get(String userId) {
        return """
                {"tenant":"acme-prod","action":"users.get","arguments":{"id":"%s"}}""".formatted(userId);
    }

    public static String block(String userId) {
        return """
                {"tenant":"acme-prod","action":"users.update","arguments":{"id":"%s","body":{"blocked":true}},
                 "reason":"INC-4711"}""".formatted(userId);
    }

    public static String password(String userId, String password) {
        return """
                {"tenant":"acme-prod","action":"users.update","arguments":{"id":"%s","body":{"password":"%s"}}}""".formatted(userId, password);
    }

    /** A line of a batch. */
    public static String blockLine(String userId) {
        return block(userId).replace("\n", "");
    }
}
