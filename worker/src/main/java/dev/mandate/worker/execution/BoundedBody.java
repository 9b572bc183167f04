package dev.mandate.worker.execution;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body up to a limit. A body that is too long, or breaks off, is no error: the status that came before it says
 * what happened to the request.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<BoundedBody.Content> {

    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Content> content = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    /** What was read of a body, and whether that is all of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(byte[] bytes, boolean complete) {}

    BoundedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<Content> getBody() {
        return content;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] chunk = new byte[Math.min(buffer.remaining(), limit - bytes.size())];
            buffer.get(chunk);
            bytes.writeBytes(chunk);
            if (buffer.hasRemaining()) {
                if (subscription != null) {
                    subscription.cancel();
                }
                content.complete(new Content(bytes.toByteArray(), false));
                return;
            }
        }
    }

    @Override
    public void onError(Throwable problem) {
        content.complete(new Content(bytes.toByteArray(), false));
    }

    @Override
    public void onComplete() {
        content.complete(new Content(bytes.toByteArray(), true));
    }
}
