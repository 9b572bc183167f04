package dev.mandate.sandbox;

import dev.mandate.sandbox.net.FreePorts;
import dev.mandate.sandbox.net.Relays;
import dev.mandate.sandbox.process.Application;
import dev.mandate.sandbox.process.Program;
import dev.mandate.sandbox.process.Service;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The instances of the API and the workers: processes of their own, each with its own directory and ports. */
final class Fleet {

    private final SandboxOptions options;
    private final SandboxHome home;
    private final Settings settings;
    private final Application apiApplication;
    private final Application workerApplication;
    private final Relays relays;
    private final List<Api> apis = new CopyOnWriteArrayList<>();
    private final List<Service> workers = new CopyOnWriteArrayList<>();
    private final AtomicInteger apisMade = new AtomicInteger();
    private final AtomicInteger workersMade = new AtomicInteger();

    /**
     * No process yet.
     *
     * @throws IllegalStateException when the applications have not been built
     */
    Fleet(SandboxOptions options, SandboxHome home, Settings settings, Relays relays) {
        this.options = options;
        this.home = home;
        this.settings = settings;
        this.relays = relays;
        apiApplication = application("api");
        workerApplication = application("worker");
    }

    /** One more instance of the API, not started yet, with some settings of its own. */
    Api newApi(Map<String, String> ofItsOwn) {
        int number = apisMade.incrementAndGet();
        var name = number == 1 ? "api" : "api-" + number;
        var free = FreePorts.take(2);
        var ports = new Settings.Ports(free.getFirst(), free.getLast());
        var configuration = settings.api("intake-" + number, home.role("intake"), ports);
        if (isRelayed(name)) {
            configuration.putAll(settings.relayedToBrokers(name));
        }
        configuration.putAll(options.settings());
        configuration.putAll(ofItsOwn);
        var added = new Api(
                service(name, apiApplication, configuration, ports.management()),
                URI.create("http://127.0.0.1:" + ports.service()),
                URI.create("http://127.0.0.1:" + ports.management()));
        apis.add(added);
        return added;
    }

    /** One more worker, not started yet. */
    Service newWorker() {
        var name = "worker-" + workersMade.incrementAndGet();
        int port = FreePorts.take(1).getFirst();
        var configuration = settings.worker(name, home.role("worker"), options.factsMaxAge(), port);
        if (isRelayed(name)) {
            configuration.putAll(settings.relayedToBrokers(name));
            configuration.putAll(settings.relayedToTenant(name, relays));
        }
        configuration.putAll(options.settings());
        options.rig().ifPresent(rig -> configuration.putAll(rig.workerSettings()));
        var added = service(name, workerProgram(), configuration, port);
        workers.add(added);
        return added;
    }

    List<Api> apis() {
        return List.copyOf(apis);
    }

    List<Service> workers() {
        return List.copyOf(workers);
    }

    List<Service> services() {
        var services = new ArrayList<Service>(workers);
        apis.forEach(api -> services.add(api.service()));
        return services;
    }

    /** Stops one of them for good. */
    void remove(Service service) {
        service.close();
        workers.remove(service);
        apis.removeIf(api -> api.service().equals(service));
    }

    void close() {
        InParallel.run(
                services().stream().<Runnable>map(service -> service::close).toList());
    }

    private Service service(
            String name, Supplier<Program> program, Map<String, String> configuration, int managementPort) {
        var directory = home.service(name);
        directory.configure(configuration);
        return new Service(name, program, directory, managementPort);
    }

    private boolean isRelayed(String process) {
        return options.rig().filter(rig -> rig.relayed().contains(process)).isPresent();
    }

    private Supplier<Program> workerProgram() {
        return options.rig().isEmpty()
                ? workerApplication
                : () -> workerApplication.startedBy("dev.mandate.worker.consumption.LaboratoryWorker");
    }

    private Application application(String module) {
        return new Application(
                "mandate-" + module,
                options.checkout().resolve(module).resolve("target"),
                options.checkout().resolve(".mandate").resolve("cache"));
    }
}
