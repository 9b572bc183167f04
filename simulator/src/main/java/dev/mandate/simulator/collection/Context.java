package dev.mandate.simulator.collection;

import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tenant.Tenant;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** What every behaviour here needs. */
record Context(Tenant tenant, Ids ids, Clock clock, Layout layout) {

    String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** A new id in the form that a collection's ids have; 26 characters where nothing else is known. */
    String newId(String collection) {
        Exceptions.Collection facts = layout.exceptions().collection(collection);
        return ids.prefixed(prefix(facts, collection), length(facts, collection));
    }

    static String prefix(Exceptions.Collection facts, String collection) {
        String name = Templates.singular(Templates.last(collection)).replace("_", "");
        return facts.prefix().orElse(name.substring(0, Math.min(3, name.length())) + "_");
    }

    static int length(Exceptions.Collection facts, String collection) {
        return facts.length() > 0
                ? facts.length()
                : 26 - prefix(facts, collection).length();
    }
}
