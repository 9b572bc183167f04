package dev.mandate.worker.execution;

import dev.mandate.worker.settings.ExecutionSettings;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request, once. Redirects are not followed, since they would carry the bearer token elsewhere; and nothing
 * is repeated here, since only the journal knows what may be.
 */
final class ManagementHttp {

    private final HttpClient client;
    private final Duration callTimeout;
    private final int maxResponse;

    ManagementHttp(ExecutionSettings settings) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.callTimeout = settings.callTimeout();
        this.maxResponse = Math.toIntExact(settings.maxResponse().toBytes());
    }

    Answer send(PreparedCall call, String token) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .version(
                        "https".equals(call.uri().getScheme())
                                ? HttpClient.Version.HTTP_2
                                : HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .method(
                        call.method(),
                        call.content()
                                .map(Content::bytes)
                                .map(HttpRequest.BodyPublishers::ofByteArray)
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        call.content().ifPresent(content -> request.header("Content-Type", content.type()));
        call.correlationId().ifPresent(id -> request.header("X-Correlation-ID", id));
        var head = new AtomicReference<HttpResponse.@Nullable ResponseInfo>();
        CompletableFuture<HttpResponse<BoundedBody.Content>> future = client.sendAsync(request.build(), info -> {
            head.set(info);
            return new BoundedBody(maxResponse);
        });
        try {
            HttpResponse<BoundedBody.Content> response = future.get(callTimeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer.Received(
                    response.statusCode(),
                    response.headers(),
                    response.body().bytes(),
                    response.body().complete());
        } catch (TimeoutException e) {
            future.cancel(true);
            return headOnly(head.get());
        } catch (ExecutionException e) {
            return head.get() == null && neverConnected(e.getCause()) ? new Answer.NotSent() : headOnly(head.get());
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }

    /** The status alone says what happened, even if the rest never came. */
    private static Answer headOnly(HttpResponse.@Nullable ResponseInfo head) {
        return head == null
                ? new Answer.Lost()
                : new Answer.Received(head.statusCode(), head.headers(), new byte[0], false);
    }

    private static boolean neverConnected(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> false;
            case ConnectException refused -> true;
            case HttpConnectTimeoutException late -> true;
            case UnresolvedAddressException nowhere -> true;
            case SSLHandshakeException untrusted -> true;
            default -> false;
        };
    }
}
