package dev.mandate.worker.auth0;

import dev.mandate.contracts.topic.Lane;
import dev.mandate.worker.limits.Closed;
import dev.mandate.worker.limits.Family;
import dev.mandate.worker.limits.TenantGate;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Lets the SDK's calls to one tenant through its gate, each page of a list for itself. They wait here for a short while
 * if there is a rate limit: they are few, since facts are kept, and commands that need them have waited already.
 */
final class GatedCalls implements Interceptor {

    /** {@code /api/v2}. */
    private static final int PREFIX = 2;

    private final TenantGate gate;
    private final Duration patience;

    /** @param patience how long a call waits here at most */
    GatedCalls(TenantGate gate, Duration patience) {
        this.gate = gate;
        this.patience = patience;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Family family = family(chain.request().method(), chain.request().url());
        await(family);
        TenantGate.Passage passage =
                gate.enter(family).orElseThrow(() -> new IOException("The tenant is not to be called now"));
        passage.sent();
        Optional<Response> answer = Optional.empty();
        try {
            answer = Optional.of(chain.proceed(chain.request()));
            return answer.get();
        } finally {
            answer.ifPresentOrElse(
                    response -> passage.answered(response.code(), name -> Optional.ofNullable(response.header(name))),
                    passage::lost);
        }
    }

    private void await(Family family) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        Optional<Closed> closed = gate.follow(family, Lane.INTERACTIVE);
        while (closed.isPresent()) {
            Duration wait = closed.get().delay();
            if (System.nanoTime() + wait.toNanos() > until) {
                throw new IOException(closed.get().because());
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            closed = gate.follow(family, Lane.INTERACTIVE);
        }
    }

    /** Names and ids take turns in the paths of what is looked up: {@code /users/{id}/permissions}. */
    static Family family(String method, HttpUrl url) {
        List<String> segments = url.pathSegments();
        var template = new StringBuilder();
        for (int i = PREFIX; i < segments.size(); i++) {
            template.append('/').append((i - PREFIX) % 2 == 0 ? segments.get(i) : "{id}");
        }
        return Family.of(method, template.toString());
    }
}
