package dev.mandate.api.status;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.security.Caller;
import java.util.List;

/**
 * Who may see which commands. Everybody sees their own: same issuer, same subject, same organization or none. Others'
 * are seen with the permission {@value #PERMISSION}, in tenants that the caller's issuer may command; a login through
 * an organization sees that organization's and nothing else. What may not be seen does not exist.
 */
public final class Visibility {

    /** The permission of the company's API that opens others' commands. */
    public static final String PERMISSION = "read:commands";

    private final MandateProperties properties;

    Visibility(MandateProperties properties) {
        this.properties = properties;
    }

    /** Whether the caller asked for the command. */
    public static boolean isOwn(Caller caller, Owner owner) {
        return owner.equals(owner(caller));
    }

    /** Whose commands are the caller's own. */
    public static Owner owner(Caller caller) {
        return new Owner(caller.issuer(), caller.subject(), caller.organization());
    }

    /** Whether the caller may see the command. */
    boolean maySee(Caller caller, CommandState.Submitted command) {
        return isOwn(caller, command.owner())
                || (readsOthers(caller)
                        && properties.mayCommand(caller.issuer(), command.tenant())
                        && (caller.organization().isEmpty()
                                || caller.organization().equals(command.owner().organization())));
    }

    boolean readsOthers(Caller caller) {
        return caller.permissions().contains(PERMISSION);
    }

    /** The tenants whose commands the caller may see, given the permission. */
    List<String> tenants(Caller caller) {
        return properties.tenants().keySet().stream()
                .filter(tenant -> properties.mayCommand(caller.issuer(), tenant))
                .sorted()
                .toList();
    }
}
