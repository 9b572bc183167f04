package dev.mandate.sandbox.demo;

import dev.mandate.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;

/**
 * The story that the demo plays, on a fresh sandbox: from a question of the help desk to a worker that is killed, with
 * an auditor at the end. Its steps build on one another and are played in order.
 */
final class Story implements AutoCloseable {

    private final Stage stage;
    private final List<Step> steps;

    /** The story on this sandbox. */
    Story(Sandbox sandbox) {
        this(new Stage(sandbox));
    }

    Story(Stage stage) {
        this.stage = stage;
        var permissions = new Permissions(stage);
        var all = new ArrayList<Step>();
        all.addAll(permissions.steps());
        all.addAll(new Forgeries(stage, permissions::blocking).steps());
        all.addAll(new Withdrawal(stage).steps());
        all.addAll(new Passwords(stage).steps());
        all.addAll(new Crash(stage).steps());
        all.addAll(new Auditing(stage, permissions::blocking).steps());
        steps = List.copyOf(all);
    }

    /** Its steps, in order. */
    List<Step> steps() {
        return steps;
    }

    @Override
    public void close() {
        stage.close();
    }
}
