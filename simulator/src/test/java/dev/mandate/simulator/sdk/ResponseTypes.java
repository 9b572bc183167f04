package dev.mandate.simulator.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * Finds into which type the SDK reads an answer. For lists no signature says it: the pages' items are taken out of a
 * type of their own, which only the code names, in its first call of {@code readValue}.
 */
final class ResponseTypes {

    private ResponseTypes() {}

    /** The type, or nothing where the answer is not read. */
    static Optional<Type> of(SdkOperation operation) {
        if (operation.method().getReturnType() == void.class) {
            return Optional.empty();
        }
        if (operation.method().getReturnType().isPrimitive()) {
            return Optional.of(operation.method().getReturnType());
        }
        Method raw = operation.rawMethod();
        Class<?> candidate = Object.class;
        for (CodeElement element : code(raw)) {
            switch (element) {
                case ConstantInstruction constant
                when constant.constantValue() instanceof java.lang.constant.ClassDesc type ->
                    candidate = load(type.descriptorString());
                case NewObjectInstruction created -> candidate = anonymous(created.className(), candidate);
                case InvokeInstruction call
                when call.name().equalsString("readValue") -> {
                    return Optional.of(referred(candidate));
                }
                default -> {}
            }
        }
        throw new IllegalStateException(raw + " reads nothing");
    }

    private static Class<?> anonymous(ClassEntry name, Class<?> otherwise) {
        Class<?> created = load(name.asSymbol().descriptorString());
        return TypeReference.class.isAssignableFrom(created) ? created : otherwise;
    }

    private static Type referred(Class<?> type) {
        return TypeReference.class.isAssignableFrom(type)
                ? ((ParameterizedType) type.getGenericSuperclass()).getActualTypeArguments()[0]
                : type;
    }

    private static Iterable<CodeElement> code(Method method) {
        Class<?> owner = method.getDeclaringClass();
        try (InputStream file = owner.getResourceAsStream(owner.getSimpleName() + ".class")) {
            ClassModel model = ClassFile.of().parse(file.readAllBytes());
            String descriptor = java.lang.invoke.MethodType.methodType(
                            method.getReturnType(), method.getParameterTypes())
                    .toMethodDescriptorString();
            MethodModel found = model.methods().stream()
                    .filter(each -> each.methodName().equalsString(method.getName())
                            && each.methodType().equalsString(descriptor))
                    .findFirst()
                    .orElseThrow();
            return found.code().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String descriptor) {
        try {
            return Class.forName(
                    descriptor.substring(1, descriptor.length() - 1).replace('/', '.'),
                    false,
                    ResponseTypes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
