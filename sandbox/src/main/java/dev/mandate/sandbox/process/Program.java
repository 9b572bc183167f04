package dev.mandate.sandbox.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a process runs: a Java program on the same JDK as the sandbox, tuned to start fast on a small machine.
 *
 * @param arguments what follows the JVM's options: a jar or a class, and how to find it
 */
public record Program(List<String> arguments) {

    private static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx384m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    /** Copies what it is given. */
    public Program {
        arguments = List.copyOf(arguments);
    }

    /** The program of a runnable jar. */
    public static Program jar(Path jar) {
        return new Program(List.of("-jar", jar.toString()));
    }

    /** A class that is found in these jars, which name what else they need, or in directories. */
    public static Program of(List<Path> classPath, String mainClass) {
        var joined = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return new Program(List.of("-cp", joined, mainClass));
    }

    /** The whole command line. It holds no secret: those are in the process's configuration file. */
    List<String> commandLine() {
        return commandLine(List.of(), List.of());
    }

    /** The same with further options for the JVM, and further arguments for the program. */
    List<String> commandLine(List<String> options, List<String> more) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(OPTIONS);
        line.addAll(options);
        line.addAll(arguments);
        line.addAll(more);
        return List.copyOf(line);
    }
}
