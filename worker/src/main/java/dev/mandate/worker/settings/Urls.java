package dev.mandate.worker.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** URLs in settings. Plain HTTP is for machines of one's own only: a token sent over it can be read on the way. */
final class Urls {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private static final Pattern HAS_PATH = Pattern.compile("[^:/]+://[^/]*/+[^?#].*");

    private Urls() {}

    /** Where something is: a URL with nothing behind the host but a slash. */
    static void checkBase(String property, @Nullable String value, WorkerSettings.Problems problems) {
        check(property, value, problems);
        if (value != null && HAS_PATH.matcher(value).matches()) {
            problems.add(property, "must end with its host: what is below it is known");
        }
    }

    static void check(String property, @Nullable String value, WorkerSettings.Problems problems) {
        if (value == null || value.isBlank()) {
            problems.add(property, "is missing: a URL");
            return;
        }
        try {
            URI url = new URI(value);
            boolean https = "https".equals(url.getScheme());
            boolean local = "http".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost()));
            boolean plain = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            if (url.getHost() == null || !plain || !(https || local)) {
                problems.add(property, "must be an https URL without query or user (http only for this machine)");
            }
        } catch (URISyntaxException e) {
            problems.add(property, "is not a URL");
        }
    }
}
