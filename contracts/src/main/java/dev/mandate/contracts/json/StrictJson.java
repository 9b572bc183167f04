package dev.mandate.contracts.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads and writes JSON so that every service sees the same value in the same bytes, or none at all.
 *
 * <p>Refused, beyond what RFC 8259 refuses: bytes that are not UTF-8, a byte order mark, members that repeat, nesting
 * deeper than {@value #MAX_DEPTH}, anything after the value, unpaired surrogates, integers beyond ±(2⁵³−1) and numbers
 * beyond the range of a double (I-JSON, RFC 7493 §2.1 to §2.3). When a record type is read, unknown members, missing
 * ones, nulls and values of another type are refused as well.
 */
public final class StrictJson {

    /** How deep arrays and objects may nest. */
    public static final int MAX_DEPTH = 32;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_@$][A-Za-z0-9_.:-]{0,39}");

    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(64)
                            .maxNameLength(1024)
                            .maxStringLength(2 * 1024 * 1024)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, new NumericDate.Writer())
                    .addDeserializer(Instant.class, new NumericDate.Reader()))
            .build();

    private StrictJson() {}

    /**
     * Parses one JSON object.
     *
     * @throws MalformedJsonException when the bytes are anything else
     */
    public static ObjectNode parseObject(byte[] bytes) {
        if (parse(bytes) instanceof ObjectNode object) {
            return object;
        }
        throw new MalformedJsonException("A JSON object is expected");
    }

    /**
     * Parses one JSON value.
     *
     * @throws MalformedJsonException when the bytes are anything else
     */
    public static JsonNode parse(byte[] bytes) {
        JsonNode value = tree(bytes);
        require(value, StrictJson::requireInteroperable);
        return value;
    }

    /**
     * Parses one JSON value that somebody else has written, and that is only passed on: its numbers may have any size.
     *
     * @throws MalformedJsonException when the bytes are anything else
     */
    public static JsonNode parseForeign(byte[] bytes) {
        JsonNode value = tree(bytes);
        require(value, _ -> {});
        return value;
    }

    private static JsonNode tree(byte[] bytes) {
        // Given bytes, Jackson would guess the encoding, and take UTF-16 for what is also valid UTF-8.
        String text = decode(bytes);
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw malformed(e);
        }
        if (tree == null || tree.isMissingNode()) {
            throw new MalformedJsonException("A JSON value is expected, found nothing");
        }
        return tree;
    }

    /**
     * Parses a JSON object into a record type.
     *
     * @throws MalformedJsonException when the bytes are no JSON object, or one with unknown, missing or mistyped
     *     members
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        return convert(parseObject(bytes), type);
    }

    /**
     * Reads a record type out of a tree that was parsed here.
     *
     * @throws MalformedJsonException when the tree has unknown, missing or mistyped members
     */
    public static <T> T convert(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** The value as a tree; records become objects, times become NumericDates (RFC 7519 §2). */
    public static ObjectNode tree(Record value) {
        return MAPPER.valueToTree(value);
    }

    /** The value as UTF-8 JSON without white space, members in the order in which they are declared. */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** A new, empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * The value with the members of every object sorted by name, so that equal values give equal bytes whatever order
     * they were written in. Only our own code compares these bytes; no interoperable canonical form is claimed.
     */
    public static byte[] canonical(JsonNode value) {
        return write(sorted(value));
    }

    private static JsonNode sorted(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                var members = new TreeMap<String, JsonNode>();
                object.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
                ObjectNode result = object();
                members.forEach(result::set);
                yield result;
            }
            case ArrayNode array -> {
                ArrayNode result = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> result.add(sorted(element)));
                yield result;
            }
            default -> value;
        };
    }

    /** What to throw for JSON that is well-formed but not what is expected; the message repeats none of it. */
    public static MalformedJsonException malformed(String message) {
        return new MalformedJsonException(message);
    }

    private static String decode(byte[] bytes) {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            throw new MalformedJsonException("A byte order mark is not allowed");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("The bytes are not UTF-8");
        }
    }

    /** Whatever is not right about its texts, or its numbers, makes a value malformed. */
    private static void require(JsonNode value, Consumer<JsonNode> numbers) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                requirePairedSurrogates(member.getKey());
                require(member.getValue(), numbers);
            }
        } else if (value.isArray()) {
            value.forEach(element -> require(element, numbers));
        } else if (value.isString()) {
            requirePairedSurrogates(value.stringValue());
        } else if (value.isNumber()) {
            numbers.accept(value);
        }
    }

    private static void requireInteroperable(JsonNode value) {
        if (value.isIntegralNumber()) {
            if (!value.canConvertToLong()
                    || value.longValue() > MAX_SAFE_INTEGER
                    || value.longValue() < -MAX_SAFE_INTEGER) {
                throw new MalformedJsonException("An integer lies beyond ±(2^53-1)");
            }
        } else if (Double.isInfinite(value.decimalValue().doubleValue())) {
            throw new MalformedJsonException("A number lies beyond the range of a double");
        }
    }

    private static void requirePairedSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new MalformedJsonException("A string holds an unpaired surrogate");
            }
        }
    }

    /** Says what and where; Jackson's own message would repeat parts of the input. */
    private static MalformedJsonException malformed(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException) {
            return new MalformedJsonException("An unknown member" + place(e));
        }
        return new MalformedJsonException("Not the JSON that is expected" + place(e));
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        var path = new StringBuilder();
        e.getPath()
                .forEach(step -> path.append('/')
                        .append(
                                step.getPropertyName() == null
                                        ? String.valueOf(step.getIndex())
                                        : name(step.getPropertyName())));
        if (!path.isEmpty()) {
            return " at " + (path.length() > 100 ? path.substring(0, 100) + "…" : path);
        }
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** A member's name, if it looks like one: messages end in logs and headers. */
    private static String name(String member) {
        return NAME.matcher(member).matches() ? member : "…";
    }
}
