package dev.mandate.sandbox.everyaction;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.Names;
import dev.mandate.sandbox.Person;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Permission;
import dev.mandate.simulator.seed.Secret;
import dev.mandate.simulator.tenant.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * People who may do exactly what one family of actions takes: nobody's token could hold the permissions for all. The
 * ids of theirs are unlike those of anybody who is acted upon.
 */
final class Requesters {

    private static final String ID = "auth0|requester-";

    private final Tenant tenant;
    private final Frontend frontend;

    Requesters(Tenant tenant, Frontend frontend) {
        this.tenant = tenant;
        this.frontend = frontend;
    }

    /** The family of an action: the first word of its name. */
    static String family(Action action) {
        return action.name().substring(0, action.name().indexOf('.'));
    }

    /** Whether this path is one of theirs. */
    static boolean isAbout(String decodedPath) {
        return decodedPath.contains(ID);
    }

    /** The access token of somebody new who may do all that these actions take, and nothing else. */
    String whoMay(String family, List<Action> actions) {
        return withPermissions(
                family,
                actions.stream().flatMap(DemoSeed::permissions).distinct().toList());
    }

    /** The access token of somebody new with these permissions. */
    String withPermissions(String name, List<String> permissions) {
        var person = new Person(
                name, ID + name, name + "@requesters.example", new Secret("Pw-" + UUID.randomUUID()), Optional.empty());
        var user = StrictJson.object().put("user_id", person.userId()).put("email", person.email());
        tenant.users().add(user, Optional.of(person.password()));
        tenant.givePermissions(
                person.userId(),
                permissions.stream()
                        .map(permission -> new Permission(Names.AUDIENCE, permission))
                        .toList());
        return frontend.login(person);
    }
}
