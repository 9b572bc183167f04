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
final class SignedLinks implements CommandLinks, BatchLinks {

    /** The query parameter that carries the position. */
    static final String POSITION = "position";

    static final String COMMANDS = "/v1/commands";

    static final String BATCHES = "/v1/batches";

    private static final String PURPOSE = "position";
    private static final String BATCH_PURPOSE = "batch-position";

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

    @Override
    public String batch(String batchId, LogPositions positions) {
        String token = tokens.issue(BATCH_PURPOSE, List.of(batchId), PositionCodec.encode(positions));
        return BATCHES + "/" + batchId + "?" + POSITION + "=" + token;
    }

    @Override
    public Map<String, String> batchLinks(String batchId, LogPositions positions) {
        return Map.of("self", batch(batchId, positions), "results", results(batchId));
    }

    Map<String, String> batchLinks(String batchId) {
        return Map.of("self", BATCHES + "/" + batchId, "results", results(batchId));
    }

    /** The positions in a link to this batch; empty when they were not put there by us. */
    Optional<LogPositions> batchPositions(String batchId, String token) {
        return tokens.open(BATCH_PURPOSE, List.of(batchId), token).map(PositionCodec::decode);
    }

    private static String results(String batchId) {
        return BATCHES + "/" + batchId + "/results";
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

    @Override
    public String token(String commandId, LogRecord.Position position) {
        var positions = LogPositions.of(Map.of(LogPartition.of(position), position.offset()));
        return tokens.issue(PURPOSE, List.of(commandId), PositionCodec.encode(positions));
    }

    private String at(String commandId, LogRecord.Position position) {
        return "?" + POSITION + "=" + token(commandId, position);
    }

    private static String self(String commandId) {
        return COMMANDS + "/" + commandId;
    }

    private static String events(String commandId) {
        return self(commandId) + "/events";
    }
}
