package dev.mandate.worker.execution;

import dev.mandate.contracts.command.SecretArguments;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.worker.verification.Request;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Auth0's own code for a refusal, such as {@code invalid_body}: the one word of an answer that is journaled in the
 * clear. Auth0's sentences quote what was sent to it, so they are sealed with the rest; and a code that doesn't look
 * like one, or repeats anything that was sent, is none.
 */
final class ErrorCode {

    private static final String MEMBER = "errorCode";
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+){1,7}");
    private static final int MAX_LENGTH = 48;
    private static final int SHORTEST_ECHO = 4;

    private ErrorCode() {}

    /** The code of a refusal, if it gives one. */
    static Optional<String> of(Request request, Answer answer) {
        if (!(answer instanceof Answer.Received received) || received.status() < 400 || !received.complete()) {
            return Optional.empty();
        }
        try {
            JsonNode code = StrictJson.parseObject(received.body()).path(MEMBER);
            return code.isString() && looksRight(code.stringValue()) && !isEcho(code.stringValue(), request)
                    ? Optional.of(code.stringValue())
                    : Optional.empty();
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private static boolean looksRight(String code) {
        return code.length() <= MAX_LENGTH && CODE.matcher(code).matches();
    }

    private static boolean isEcho(String code, Request request) {
        return holds(SecretArguments.inTheClear(request.operation().arguments(), request.secrets()), code);
    }

    private static boolean holds(JsonNode sent, String code) {
        if (sent.isString()) {
            String text = sent.stringValue();
            return text.contains(code) || (text.length() >= SHORTEST_ECHO && code.contains(text));
        }
        return sent.valueStream().anyMatch(one -> holds(one, code));
    }
}
