package dev.mandate.simulator.operation;

import dev.mandate.simulator.http.Response;

/** What an operation does to the tenant. */
@FunctionalInterface
public interface Behaviour {

    /** Performs an admitted call; whoever calls holds the tenant's monitor. */
    Response perform(Call call) throws ApiError;
}
