package dev.mandate.audit.timeline;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.topic.Target;
import java.util.List;
import java.util.Optional;

/**
 * Which commands to tell of; what is absent is not asked.
 *
 * @param target the id of a resource that the command affects, or its type and id with a {@code |} between them
 * @param person the requester's subject
 * @param tenant the tenant's alias
 */
public record Query(Optional<String> target, Optional<String> person, Optional<String> tenant) {

    boolean asksFor(Command command, List<Target> affected) {
        return tenant.map(command.context().tenant()::equals).orElse(true)
                && person.map(command.subject()::equals).orElse(true)
                && target.map(wanted -> affected.stream().anyMatch(one -> isNamed(one, wanted)))
                        .orElse(true);
    }

    private static boolean isNamed(Target target, String wanted) {
        return target.id().equals(wanted) || (target.type() + "|" + target.id()).equals(wanted);
    }
}
