package dev.mandate.simulator.management;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.http.PathTemplate;

/**
 * One operation of the catalogue, ready to be matched.
 *
 * @param template its path below {@code /api/v2}
 */
record Route(Action action, PathTemplate template) {

    static Route of(Action action) {
        return new Route(action, new PathTemplate(action.path()));
    }
}
