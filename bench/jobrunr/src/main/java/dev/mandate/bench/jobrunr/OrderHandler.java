package dev.mandate.bench.jobrunr;

import dev.mandate.bench.peer.Order;
import dev.mandate.bench.peer.ResultTable;
import dev.mandate.bench.peer.Upstream;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Does jobs. Public, since JobRunr calls it by reflection from a package of its own. */
public final class OrderHandler implements JobRequestHandler<OrderRequest> {

    private final Upstream upstream;
    private final ResultTable results;

    OrderHandler(Upstream upstream, ResultTable results) {
        this.upstream = upstream;
        this.results = results;
    }

    @Override
    public void run(OrderRequest request) {
        var order = Order.parse(request.order());
        upstream.execute(order);
        results.record(order);
    }
}
