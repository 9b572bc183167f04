package dev.mandate.bench.stage;

import dev.mandate.sandbox.process.Application;
import dev.mandate.sandbox.process.FileTree;
import dev.mandate.sandbox.process.Leftovers;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Where a stage keeps everything, each process in a directory of its own, and what those processes run. */
final class Home {

    private static final String LABORATORY_WORKER = "dev.mandate.worker.consumption.LaboratoryWorker";

    private final Path checkout;
    private final Path path;
    private int numbered;

    /** @param checkout the root of the project, whose modules have been built */
    Home(Path checkout) {
        this.checkout = checkout;
        this.path = checkout.resolve(".mandate")
                .resolve("bench-" + ProcessHandle.current().pid());
        delete(path);
        ServiceDirectory.create(path);
        new Leftovers(path).claim();
    }

    Path path() {
        return path;
    }

    /** A name that no other process of this stage has. */
    String name(String kind) {
        return kind + "-" + ++numbered;
    }

    /** A process's directory, with its settings. */
    ServiceDirectory directory(String name, Map<String, String> settings) {
        var directory = ServiceDirectory.create(path.resolve(name));
        directory.configure(settings);
        return directory;
    }

    /** An opponent: a class of a module below {@code bench}. */
    Child opponent(String name, String module, String main, Map<String, String> settings) {
        return Child.of(name, directory(name, settings), ClassPaths.of(checkout, module), main);
    }

    /** A class of the harness, in a process of its own. */
    Child own(String name, String main, Map<String, String> settings, String... arguments) {
        return Child.of(name, directory(name, settings), ClassPaths.own(), main, arguments);
    }

    /** One of Mandate's applications. */
    Child application(String name, String module, Map<String, String> settings, int managementPort) {
        return Child.of(name, directory(name, settings), application(module), managementPort);
    }

    /** The worker, started by the class among its tests that can leave something out. */
    Child laboratoryWorker(String name, Map<String, String> settings, int managementPort) {
        var worker = application("worker");
        return Child.of(name, directory(name, settings), () -> worker.startedBy(LABORATORY_WORKER), managementPort);
    }

    private Application application(String module) {
        return new Application(
                "mandate-" + module,
                checkout.resolve(module).resolve("target"),
                checkout.resolve(".mandate").resolve("cache"));
    }

    void delete() {
        delete(path);
    }

    static void delete(Path directory) {
        try {
            FileTree.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
