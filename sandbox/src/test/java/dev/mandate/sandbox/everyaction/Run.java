package dev.mandate.sandbox.everyaction;

import dev.mandate.contracts.action.Action;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.client.Ask;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.simulator.collection.Stock;
import dev.mandate.simulator.tenant.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends every request for every action and waits for its outcome. The families of actions go on side by side, each one
 * by one; what deletes comes last, one at a time, so that nothing is taken away from what still needs it.
 */
final class Run {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 16;

    private final Frontend frontend;
    private final Requesters requesters;
    private final Requests requests;
    private final Stock stock;
    private final Room room;
    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());

    Run(Frontend frontend, Requesters requesters, Requests requests, Stock stock, Tenant tenant) {
        this.frontend = frontend;
        this.requesters = requesters;
        this.requests = requests;
        this.stock = stock;
        this.room = new Room(tenant);
    }

    /**
     * A command, and how it ended as its requester sees it.
     *
     * @param path the path at Auth0, as people write it
     */
    record Sent(Action action, ObjectNode arguments, String path, Answer answer) {

        String id() {
            return answer.id();
        }

        /** What Auth0 should have been asked. */
        String call() {
            return action.method() + " /api/v2" + path;
        }

        /** Whether it was done, or Auth0 said that it will do it. */
        boolean succeeded() {
            return answer.status() == 200
                    && (answer.outcome().equals("succeeded") || answer.outcome().equals("accepted_upstream"));
        }

        @Override
        public String toString() {
            return "%s: %s %s".formatted(action.name(), answer.inShort(), answer.body());
        }
    }

    List<Sent> all(List<Action> actions) throws Exception {
        Map<String, List<Action>> families =
                actions.stream().collect(Collectors.groupingBy(Requesters::family, TreeMap::new, Collectors.toList()));
        var tokens = new TreeMap<String, String>();
        families.forEach((family, members) -> tokens.put(family, requesters.whoMay(family, members)));
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> work = new ArrayList<>();
            families.forEach((family, members) -> work.add(() -> {
                places.acquire();
                members.stream().filter(action -> !deletes(action)).forEach(action -> send(action, tokens.get(family)));
                places.release();
                return true;
            }));
            for (var family : threads.invokeAll(work)) {
                family.get();
            }
        }
        actions.stream().filter(Run::deletes).forEach(action -> send(action, tokens.get(Requesters.family(action))));
        return List.copyOf(sent);
    }

    private void send(Action action, String token) {
        for (int number = 0; number < requests.count(action); number++) {
            room.make(path(action, stock.prepare(action)), action);
            Map<String, String> parameters = stock.prepare(action);
            ObjectNode arguments = requests.get(action, number, parameters);
            var ask = new Ask(action.name(), arguments, Optional.of(requests.reason(action, number)), Optional.empty());
            String path = path(action, parameters);
            sent.add(new Sent(action, arguments, path, outcome(token, ask)));
            room.make(path, action);
        }
    }

    /** On a busy machine it may take longer than the API waits. */
    private Answer outcome(String token, Ask ask) {
        Answer answer = frontend.ask(token, ask, PATIENCE);
        return answer.status() == 202 ? frontend.follow(token, answer, PATIENCE) : answer;
    }

    private static String path(Action action, Map<String, String> parameters) {
        String path = action.path();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        return path;
    }

    private static boolean deletes(Action action) {
        return action.method().equals("DELETE");
    }
}
