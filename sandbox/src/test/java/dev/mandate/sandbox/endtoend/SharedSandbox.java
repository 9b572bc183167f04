package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.sandbox.Progress;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.SandboxOptions;
import dev.mandate.sandbox.demo.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One sandbox for all tests of this JVM: started when the first of them asks for it, stopped after the last. Each test
 * acts on users of its own, and leaves the processes as it found them. After each class an auditor looks at everything
 * that has happened so far, whatever was killed or switched meanwhile.
 */
public final class SharedSandbox implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    /** There may be another process with tests. */
    private static final Path HOME =
            Path.of("target", "sandbox-" + ProcessHandle.current().pid());

    /** Closed by JUnit at the very end. */
    private record Running(Sandbox sandbox, Stage stage) implements AutoCloseable {

        static Running start() {
            var options = SandboxOptions.of(Path.of(System.getProperty("mandate.home", "..")), HOME);
            var sandbox = Sandbox.start(options, Progress.SILENT);
            return new Running(sandbox, new Stage(sandbox));
        }

        @Override
        public void close() {
            stage.close();
            sandbox.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type.equals(Sandbox.class) || type.equals(Stage.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var running = running(context);
        return parameter.getParameter().getType().equals(Sandbox.class) ? running.sandbox() : running.stage();
    }

    /** What the processes wrote explains a failure. */
    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            running(context).sandbox().keep();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var sandbox = running(context).sandbox();
        assertThat(sandbox.workers()).singleElement().matches(worker -> worker.isRunning(), "runs");
        assertThat(sandbox.api().service().isRunning()).isTrue();
        assertThat(sandbox.simulator().faults().inForce()).isEmpty();
        Audited.assertEverythingHolds(sandbox);
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedSandbox.class))
                .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
    }
}
