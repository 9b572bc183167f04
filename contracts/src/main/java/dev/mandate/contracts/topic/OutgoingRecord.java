package dev.mandate.contracts.topic;

import java.util.List;

/**
 * A signed record, ready to be sent exactly where its claims say.
 *
 * @param bind topic, partition and key
 * @param value the compact JWS, as bytes
 * @param headers the mirrored claims
 * @param payloadHash {@code sha-256:…} of the signed payload
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutgoingRecord(Bind bind, byte[] value, List<LogRecord.Header> headers, String payloadHash) {}
