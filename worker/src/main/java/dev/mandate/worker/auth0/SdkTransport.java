package dev.mandate.worker.auth0;

import com.auth0.net.client.Auth0HttpClient;
import com.auth0.net.client.Auth0HttpRequest;
import com.auth0.net.client.Auth0HttpResponse;
import com.auth0.net.client.HttpRequestBody;
import dev.mandate.worker.limits.TenantGate;
import dev.mandate.worker.settings.ExecutionSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * How the SDK reaches the network. Its own transports retry every method by sleeping in the thread, and follow
 * redirects with the bearer token; this one does neither, and reads answers only up to a limit.
 */
final class SdkTransport implements Auth0HttpClient {

    private static final String SEARCH = "search";

    private final OkHttpClient http;
    private final long maxResponse;
    private final Duration patience;

    SdkTransport(ExecutionSettings settings) {
        this.maxResponse = settings.maxResponse().toBytes();
        this.patience = settings.callTimeout().dividedBy(2);
        this.http = new OkHttpClient.Builder()
                .connectTimeout(settings.connectTimeout())
                .callTimeout(settings.callTimeout())
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .addInterceptor(chain -> limited(chain.proceed(chain.request())))
                .build();
    }

    /**
     * The client for the SDK's Management API at one tenant, which installs its retries only on clients that it makes
     * itself. Every call passes the tenant's gate, and counts against its limits.
     */
    OkHttpClient http(TenantGate gate) {
        return http.newBuilder()
                .addInterceptor(chain -> chain.proceed(searching(chain.request())))
                .addInterceptor(new GatedCalls(gate, patience))
                .build();
    }

    /** Auth0's guide to its log, and its newer SDKs, say {@code q} where this one says {@code search}. */
    private static Request searching(Request request) {
        String query = request.url().queryParameter(SEARCH);
        return query == null
                ? request
                : request.newBuilder()
                        .url(request.url()
                                .newBuilder()
                                .removeAllQueryParameters(SEARCH)
                                .addQueryParameter("q", query)
                                .build())
                        .build();
    }

    @Override
    public Auth0HttpResponse sendRequest(Auth0HttpRequest request) throws IOException {
        Request.Builder builder = new Request.Builder()
                .url(request.getUrl())
                .method(request.getMethod().name(), body(request.getBody()));
        request.getHeaders().forEach(builder::header);
        try (Response response = http.newCall(builder.build()).execute()) {
            Map<String, String> headers = new HashMap<>();
            response.headers().forEach(header -> headers.put(header.getFirst(), header.getSecond()));
            return Auth0HttpResponse.newBuilder()
                    .withStatusCode(response.code())
                    .withHeaders(headers)
                    .withBody(response.body().string())
                    .build();
        }
    }

    @Override
    public CompletableFuture<Auth0HttpResponse> sendRequestAsync(Auth0HttpRequest request) {
        throw new UnsupportedOperationException("The worker waits for its tokens on virtual threads");
    }

    private static @Nullable RequestBody body(@Nullable HttpRequestBody body) {
        return body == null ? null : RequestBody.create(body.getContent(), MediaType.parse(body.getContentType()));
    }

    private Response limited(Response response) throws IOException {
        ResponseBody body = response.body();
        BufferedSource source = body.source();
        if (source.request(maxResponse + 1)) {
            response.close();
            throw new IOException("The answer is larger than " + maxResponse + " bytes");
        }
        return response.newBuilder()
                .body(ResponseBody.create(source.readByteString(), body.contentType()))
                .build();
    }
}
