package dev.mandate.simulator.sdk;

import com.auth0.client.mgmt.core.ObjectMappers;
import com.auth0.client.mgmt.core.OptionalNullable;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a typed answer lacks: members that the SDK calls required, however deep. */
final class Filled {

    private final List<String> missing = new ArrayList<>();

    private Filled() {}

    static List<String> missing(Object answer) {
        Filled filled = new Filled();
        filled.look("", answer);
        return filled.missing;
    }

    private void look(String at, @Nullable Object value) {
        switch (value) {
            case null -> missing.add(at + " is null");
            case Optional<?> optional -> optional.ifPresent(each -> look(at, each));
            case OptionalNullable<?> optional -> optional.toOptional().ifPresent(each -> look(at, each));
            case Collection<?> list -> list.forEach(each -> look(at + "[]", each));
            case Map<?, ?> map -> map.forEach((name, each) -> lookIntoMap(at + "/" + name, each));
            default -> lookInto(at, value);
        }
    }

    private void lookIntoMap(String at, @Nullable Object value) {
        if (value != null) {
            look(at, value);
        }
    }

    private void lookInto(String at, Object value) {
        if (!value.getClass().getName().startsWith("com.auth0.client.mgmt.types")) {
            return;
        }
        for (Map.Entry<String, Type> member : Shapes.members(value.getClass()).entrySet()) {
            look(at + "/" + member.getKey(), read(value, member.getKey()));
        }
        try {
            value.getClass().getMethod("get");
            if (Shapes.variants(value.getClass()).stream().noneMatch(variant -> fills(value, variant))) {
                missing.add(at + " fills none of " + Shapes.variants(value.getClass()));
            }
        } catch (NoSuchMethodException e) {
            // Only unions have a value of their own.
        }
    }

    /** The SDK takes the first variant that parses, and all do; so any that is complete will do. */
    private static boolean fills(Object union, Type variant) {
        ObjectMapper sdk = ObjectMappers.JSON_MAPPER;
        try {
            Object typed = sdk.readValue(sdk.writeValueAsString(union), sdk.constructType(variant));
            return missing(typed).isEmpty();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static @Nullable Object read(Object value, String name) {
        try {
            Method getter = Shapes.getter(value.getClass(), name);
            getter.setAccessible(true);
            return getter.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
