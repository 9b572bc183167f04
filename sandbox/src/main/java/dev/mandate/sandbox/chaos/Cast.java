package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.Api;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.process.Service;
import java.util.List;
import java.util.stream.Stream;

/** Whom something can happen to, by the names of their processes. */
record Cast(List<String> workers, List<String> apis, List<String> brokers) {

    /** Copies the lists. */
    Cast {
        workers = List.copyOf(workers);
        apis = List.copyOf(apis);
        brokers = List.copyOf(brokers);
    }

    static Cast of(Sandbox sandbox) {
        return new Cast(
                names(sandbox.workers()),
                names(sandbox.apis().stream().map(Api::service).toList()),
                names(sandbox.broker().processes()));
    }

    /** The processes themselves. */
    static List<Service> services(Sandbox sandbox) {
        return Stream.of(
                        sandbox.workers().stream(),
                        sandbox.apis().stream().map(Api::service),
                        sandbox.broker().processes().stream())
                .flatMap(each -> each)
                .toList();
    }

    private static List<String> names(List<Service> services) {
        return services.stream().map(Service::name).toList();
    }
}
