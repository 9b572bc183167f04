package dev.mandate.simulator.people;

import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.tenant.Tenant;
import java.util.List;

/** Refuses role ids that a tenant does not have. */
final class RoleCheck {

    private RoleCheck() {}

    static void allExist(Tenant tenant, List<String> roles) throws ApiError {
        if (!roles.stream().allMatch(tenant.roles()::has)) {
            throw ApiError.badRequest("One or more of the specified roles do not exist.", "inexistent_role");
        }
    }
}
