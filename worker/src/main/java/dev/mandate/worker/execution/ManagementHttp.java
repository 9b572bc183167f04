package dev.mandate.worker.execution;

import dev.mandate.worker.settings.ExecutionSettings;
import io.github.resilience4j.micrometer.tagged.TaggedTimeLimiterMetrics;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request, once, on a connection that it has to itself. On one that is shared (HTTP/2) a server bears so many
 * requests and no more, and where Auth0 is slow the client would fail with the next one; which had not been sent then,
 * but nobody could tell. Redirects are not followed, since they would carry the bearer token elsewhere; and nothing is
 * repeated here, since only the journal knows what may be.
 */
final class ManagementHttp {

    private final HttpClient client;
    private final TimeLimiter timeLimit;
    private final int maxResponse;

    ManagementHttp(ExecutionSettings settings, MeterRegistry meters) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        var limiters = TimeLimiterRegistry.of(TimeLimiterConfig.custom()
                .timeoutDuration(settings.callTimeout())
                .cancelRunningFuture(true)
                .build());
        this.timeLimit = limiters.timeLimiter("auth0");
        TaggedTimeLimiterMetrics.ofTimeLimiterRegistry(limiters).bindTo(meters);
        this.maxResponse = Math.toIntExact(settings.maxResponse().toBytes());
    }

    Answer send(PreparedCall call, String token) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
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
            HttpResponse<BoundedBody.Content> response = timeLimit.executeFutureSupplier(() -> future);
            return new Answer.Received(
                    response.statusCode(),
                    response.headers(),
                    response.body().bytes(),
                    response.body().complete());
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        } catch (Exception e) {
            return head.get() == null && neverConnected(e) ? new Answer.NotSent() : headOnly(head.get());
        }
    }

    /** The status alone says what happened, even if the rest never came. */
    private static Answer headOnly(HttpResponse.@Nullable ResponseInfo head) {
        return head == null
                ? new Answer.Lost()
                : new Answer.Received(head.statusCode(), head.headers(), new byte[0], false);
    }

    private static boolean neverConnected(Exception cause) {
        return switch (cause) {
            case ConnectException refused -> true;
            case HttpConnectTimeoutException late -> true;
            case UnresolvedAddressException nowhere -> true;
            case SSLHandshakeException handshake -> isUntrusted(handshake);
            default -> false;
        };
    }

    /** Any other trouble may come of a connection that was there already, with a request on its way. */
    private static boolean isUntrusted(Throwable handshake) {
        for (Throwable cause = handshake; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
