package dev.mandate.sandbox.endtoend;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.Target;
import dev.mandate.sandbox.Names;
import dev.mandate.simulator.tenant.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** People in the tenant to act upon, fresh for each test, so that no test sees another's. */
final class Targets {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Users users;

    Targets(Users users) {
        this.users = users;
    }

    /** One person. */
    String one() {
        return add(NUMBERS.incrementAndGet());
    }

    /** That many people for each partition, in an order that visits the partitions in turn. */
    List<String> perPartition(int count, int partitions) {
        var people = new ArrayList<String>();
        while (people.size() < count * partitions) {
            int number = NUMBERS.incrementAndGet();
            var key = new Target("user", id(number)).key(Names.TENANT);
            if (Partitioning.partition(key, partitions) == people.size() % partitions) {
                people.add(add(number));
            }
        }
        return people;
    }

    private String add(int number) {
        var user =
                StrictJson.object().put("user_id", id(number)).put("email", "target%d@acme.example".formatted(number));
        users.add(user, Optional.empty());
        return id(number);
    }

    private static String id(int number) {
        return "auth0|e2e000000000000000%06d".formatted(number);
    }
}
