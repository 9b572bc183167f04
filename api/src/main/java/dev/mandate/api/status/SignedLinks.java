package dev.mandate.api.status;

import dev.mandate.api.log.LogPartition;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.log.OpaqueTokens;
import dev.mandate.api.log.PositionCodec;
import dev.mandate.contracts.topic.LogRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links, and the positions in them. */
final class SignedLinks implements CommandLinks {

    /** The query parameter that carries the position. */
    static final String POSITION = "position";

    static final String COMMANDS = "/v1/commands";

    private static final String PURPOSE = "position";

    private final OpaqueTokens tokens;

    SignedLinks(OpaqueTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String self(String commandId, LogRecord.Position position) {
        return self(commandId) + at(commandId, position);
    }

    @Override
    public Map<String, String> links(String commandId, LogRecord.Position position) {
        String at = at(commandId, position);
        return Map.of("self", self(commandId) + at, "events", events(commandId) + at);
    }

    Map<String, String> links(String commandId) {
        return Map.of("self", self(commandId), "events", events(commandId));
    }

    /** The position in a link to this command; empty when it was not made here for it. */
    Optional<LogRecord.Position> position(String commandId, String token) {
        return tokens.open(PURPOSE, List.of(commandId), token)
                .map(PositionCodec::decode)
                .flatMap(positions -> positions.next().entrySet().stream()
                        .map(entry -> new LogRecord.Position(
                                entry.getKey().topic(), entry.getKey().partition(), entry.getValue()))
                        .findFirst());
    }

    private String at(String commandId, LogRecord.Position position) {
        var positions = LogPositions.of(Map.of(LogPartition.of(position), position.offset()));
        return "?" + POSITION + "=" + tokens.issue(PURPOSE, List.of(commandId), PositionCodec.encode(positions));
    }

    private static String self(String commandId) {
        return COMMANDS + "/" + commandId;
    }

    private static String events(String commandId) {
        return self(commandId) + "/events";
    }
}
