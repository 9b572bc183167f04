package dev.mandate.api.status;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.contracts.journal.Repeat;
import java.time.Duration;
import java.util.Optional;

/** {@link OutcomeWaits} on the watches of this process. */
final class LiveOutcomeWaits implements OutcomeWaits {

    private final Watches watches;
    private final Views views;
    private final SignedLinks links;

    LiveOutcomeWaits(Watches watches, Views views, SignedLinks links) {
        this.watches = watches;
        this.views = views;
        this.links = links;
    }

    @Override
    public OutcomeWaits.Watch open(String commandId, Owner requester) {
        return new RequestersWatch(watches.open(commandId), requester);
    }

    private final class RequestersWatch implements OutcomeWaits.Watch {

        private final dev.mandate.api.status.Watch watch;
        private final Owner requester;

        RequestersWatch(dev.mandate.api.status.Watch watch, Owner requester) {
            this.watch = watch;
            this.requester = requester;
        }

        @Override
        public Optional<CommandView> ended(Duration atMost, String payloadHash) throws InterruptedException {
            CommandState state = watch.await(atMost, payloadHash);
            if (watch.repeated(payloadHash).filter(Repeat.Kind.CONFLICT::equals).isPresent()) {
                throw KeyProblems.conflict();
            }
            return dev.mandate.api.status.Watch.isAbout(state, payloadHash)
                            || watch.repeated(payloadHash).isPresent()
                                    && state.ended().isPresent()
                    ? state.submitted()
                            .map(command -> views.own(requester, state, links.links(state.id(), command.position())))
                    : Optional.empty();
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
