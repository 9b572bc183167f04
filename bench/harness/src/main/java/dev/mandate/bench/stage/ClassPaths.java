package dev.mandate.bench.stage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Class paths of processes: a module's own classes and the libraries that Maven has put beside them. */
public final class ClassPaths {

    private ClassPaths() {}

    /** That of this process. */
    static String own() {
        return System.getProperty("java.class.path");
    }

    /**
     * That of an opponent.
     *
     * @throws IllegalStateException when its module has not been built
     */
    static String of(Path checkout, String module) {
        return target(checkout, module).resolve("classes") + File.pathSeparator + libraries(checkout, module) + "/*";
    }

    /** The directory of an opponent's libraries. */
    public static Path libraries(Path checkout, String module) {
        return target(checkout, module).resolve("lib");
    }

    /**
     * The version of one of an opponent's libraries, told from its file's name.
     *
     * @param library the library's name, such as {@code kafka-clients}
     * @return {@code ?} where there is no such file
     */
    public static String version(Path checkout, String module, String library) {
        try (var files = Files.newDirectoryStream(libraries(checkout, module), library + "-[0-9]*.jar")) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                return name.substring(library.length() + 1, name.length() - ".jar".length());
            }
            return "?";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path target(Path checkout, String module) {
        var target = checkout.resolve("bench").resolve(module).resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new IllegalStateException(module + " is not built; ./mandate bench builds it");
        }
        return target;
    }
}
