package dev.mandate.simulator.sdk;

import com.auth0.client.mgmt.ManagementApi;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One operation as the SDK offers it: {@code users.roles.assign} is {@code users().roles().assign(…)}.
 *
 * @param accessors the way to the client
 * @param method the fullest overload of the typed method
 */
record SdkOperation(List<Method> accessors, Method method) {

    private static final String OPTIONS = "RequestOptions";

    static SdkOperation of(String path) {
        String[] names = path.split("\\.");
        Class<?> client = ManagementApi.class;
        Method[] accessors = new Method[names.length - 1];
        for (int i = 0; i < accessors.length; i++) {
            accessors[i] = accessor(client, names[i]);
            client = accessors[i].getReturnType();
        }
        return new SdkOperation(List.of(accessors), fullest(client, names[names.length - 1]));
    }

    private static Method accessor(Class<?> client, String name) {
        try {
            return client.getMethod(name);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("The SDK has no " + name + " at " + client, e);
        }
    }

    private static Method fullest(Class<?> client, String name) {
        return Arrays.stream(client.getMethods())
                .filter(method ->
                        method.getName().equals(name) || method.getName().equals(name + "_"))
                .filter(method -> Arrays.stream(method.getParameterTypes())
                        .anyMatch(type -> type.getSimpleName().equals(OPTIONS)))
                .filter(method -> method.getParameterTypes()[0] != java.io.InputStream.class)
                .max(Comparator.comparingInt(Method::getParameterCount))
                .orElseThrow(() -> new IllegalStateException("The SDK has no " + name + " at " + client));
    }

    /** The client that talks HTTP for the typed one. */
    Class<?> rawClient() {
        try {
            return method.getDeclaringClass().getMethod("withRawResponse").getReturnType();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same method of the raw client. */
    Method rawMethod() {
        try {
            return rawClient().getMethod(method.getName(), method.getParameterTypes());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Types of the arguments before the request's options. */
    List<Type> parameters() {
        Type[] types = method.getGenericParameterTypes();
        return Stream.of(types).limit(types.length - 1).toList();
    }

    Object call(ManagementApi api, List<Object> arguments) throws Throwable {
        Object client = api;
        for (Method accessor : accessors) {
            client = accessor.invoke(client);
        }
        Object[] all =
                Stream.concat(arguments.stream(), Stream.of((Object) null)).toArray();
        try {
            return method.invoke(client, all);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
