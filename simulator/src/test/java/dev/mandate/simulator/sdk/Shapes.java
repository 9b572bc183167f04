package dev.mandate.simulator.sdk;

import com.auth0.client.mgmt.core.OptionalNullable;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.simulator.http.Json;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes the SDK's types in the language of the simulator's {@code answers.json}: {@code string}, {@code date},
 * {@code integer}, {@code number}, {@code boolean}, {@code any}, {@code [list]}, <code>{map}</code>, the name of
 * another type, and a {@code ?} behind what may be missing.
 */
final class Shapes {

    private final Map<String, ObjectNode> types = new TreeMap<>();

    /** Every type that was met, by name. */
    Map<String, ObjectNode> types() {
        return types;
    }

    String of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            return switch (generic.getRawType()) {
                case Class<?> raw when raw == Optional.class || raw == OptionalNullable.class -> of(argument) + "?";
                case Class<?> raw when Iterable.class.isAssignableFrom(raw) -> "[" + of(argument) + "]";
                case Class<?> raw when raw == Map.class -> "{" + of(generic.getActualTypeArguments()[1]) + "}";
                default -> throw new IllegalStateException("Unknown type " + type);
            };
        }
        return switch ((Class<?>) type) {
            case Class<?> text when text == String.class -> "string";
            case Class<?> date when date == OffsetDateTime.class -> "date";
            case Class<?> flag when flag == Boolean.class || flag == boolean.class -> "boolean";
            case Class<?> whole
            when whole == Integer.class || whole == int.class || whole == Long.class || whole == long.class ->
                "integer";
            case Class<?> number when Number.class.isAssignableFrom(number) || number.isPrimitive() -> "number";
            case Class<?> any when any == Object.class || any == Map.class -> "any";
            case Class<?> own -> own(own);
        };
    }

    private String own(Class<?> type) {
        String name = type.getName().replaceFirst(".*\\.", "");
        if (!types.containsKey(name)) {
            ObjectNode described = Json.object();
            types.put(name, described);
            describe(type, described);
        }
        return name;
    }

    private void describe(Class<?> type, ObjectNode described) {
        List<Type> variants = variants(type);
        if (type.isEnum() || isOpenEnum(type)) {
            ArrayNode values = described.putArray("values");
            constants(type).forEach(values::add);
        } else if (!variants.isEmpty()) {
            ArrayNode union = described.putArray("union");
            variants.forEach(variant -> union.add(of(variant)));
        } else {
            ObjectNode fields = described.putObject("fields");
            members(type).forEach((name, member) -> fields.put(name, of(member)));
        }
    }

    /** What a union may hold; nothing for what is none. */
    static List<Type> variants(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers())
                        && method.getName().equals("of")
                        && method.getReturnType() == type)
                .map(method -> method.getGenericParameterTypes()[0])
                .sorted(Comparator.comparing(Type::getTypeName))
                .toList();
    }

    /** The members of an object by their names in JSON. */
    static Map<String, Type> members(Class<?> type) {
        Map<String, Type> members = new TreeMap<>();
        for (Method method : type.getDeclaredMethods()) {
            JsonProperty property = method.getAnnotation(JsonProperty.class);
            if (property != null && method.getParameterCount() == 0) {
                members.put(property.value(), method.getGenericReturnType());
            }
        }
        return members;
    }

    /** The getter of a member; the one that hides nulls from writing is as good. */
    static Method getter(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getParameterCount() == 0)
                .filter(method -> {
                    JsonProperty property = method.getAnnotation(JsonProperty.class);
                    return property != null && property.value().equals(name);
                })
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOpenEnum(Class<?> type) {
        return Arrays.stream(type.getDeclaredClasses())
                .anyMatch(each -> each.getSimpleName().equals("Value") && each.isEnum());
    }

    private static List<String> constants(Class<?> type) {
        List<String> values = new ArrayList<>();
        for (Field field : type.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == type) {
                try {
                    values.add(String.valueOf(field.get(null)));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return values;
    }
}
