package dev.mandate.bench.jobrunr;

import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/**
 * A job.
 *
 * @param order the order, as JSON
 */
public record OrderRequest(String order) implements JobRequest {

    @Override
    public Class<? extends JobRequestHandler<OrderRequest>> getJobRequestHandler() {
        return OrderHandler.class;
    }
}
