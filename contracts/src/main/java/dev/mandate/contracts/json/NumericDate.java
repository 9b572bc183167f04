package dev.mandate.contracts.json;

import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** Times as whole seconds since the epoch (NumericDate, RFC 7519 §2). */
final class NumericDate {

    private NumericDate() {}

    static final class Writer extends StdSerializer<Instant> {

        Writer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
            generator.writeNumber(value.getEpochSecond());
        }
    }

    static final class Reader extends StdDeserializer<Instant> {

        Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                return context.reportInputMismatch(Instant.class, "whole seconds since the epoch are expected");
            }
            try {
                return Instant.ofEpochSecond(parser.getLongValue());
            } catch (DateTimeException e) {
                return context.reportInputMismatch(Instant.class, "a time out of range");
            }
        }
    }
}
