package dev.mandate.worker.consumption;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the journal said so long ago that it matters only to commands that are signed anew under an idempotency key. It
 * is heard of beside the loop, one partition after the other, while all other commands are worked on; those wait.
 */
final class History {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Journal journal;
    private final Workshop workshop;
    private final Queue<Chapter> chapters = new ArrayDeque<>();
    private boolean busy;

    private record Chapter(OwnedPartition home, Span span) {}

    /** Tells what a part of it said. */
    interface Journal {

        /** May throw anything, and is then asked again; what it says is of no use once nobody wants it. */
        Hearsay hear(int number, Span span, BooleanSupplier unwanted);
    }

    History(Journal journal, Workshop workshop) {
        this.journal = journal;
        this.workshop = workshop;
    }

    /** Has this heard of in its turn. */
    void hear(OwnedPartition home, Span span) {
        if (!span.isEmpty()) {
            home.index().hearing();
            chapters.add(new Chapter(home, span));
            next();
        }
    }

    private void next() {
        chapters.removeIf(chapter -> chapter.home().isGone());
        if (busy || chapters.isEmpty()) {
            return;
        }
        Chapter chapter = chapters.remove();
        busy = true;
        workshop.aside(
                () -> Optional.of(journal.hear(chapter.home().number(), chapter.span(), chapter.home()::isGone)),
                Optional::<Hearsay>empty,
                heard -> {
                    busy = false;
                    heard.ifPresentOrElse(all -> chapter.home().index().heardAll(all), () -> again(chapter));
                    next();
                });
    }

    private void again(Chapter chapter) {
        LOG.atWarn().addKeyValue("partition", chapter.home().number()).log("What was done long ago can't be read back");
        workshop.later(RETRY, () -> {
            chapters.add(chapter);
            next();
        });
    }
}
