package dev.mandate.simulator.management;

import dev.mandate.simulator.http.Response;

/** What an operation does to the tenant. */
@FunctionalInterface
interface Behaviour {

    Response perform(Call call) throws ApiError;
}
