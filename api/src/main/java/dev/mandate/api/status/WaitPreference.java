package dev.mandate.api.status;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The preference {@code wait} (RFC 7240 §4.3). What is not understood is ignored, as §2 asks. */
public final class WaitPreference {

    /** The request header. */
    public static final String HEADER = "Prefer";
    /** The response header that says how long was granted. */
    public static final String APPLIED = "Preference-Applied";

    private static final Pattern FORM = Pattern.compile("\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(;.*)?");

    private WaitPreference() {}

    /** How long the client would like to wait, at most the limit; zero if it does not say. */
    public static Duration from(List<String> headers, Duration limit) {
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(preference -> FORM.matcher(preference.toLowerCase(Locale.ROOT)))
                .filter(Matcher::matches)
                .findFirst()
                .map(form -> Duration.ofSeconds(Long.parseLong(form.group(1))))
                .map(wait -> wait.compareTo(limit) > 0 ? limit : wait)
                .orElse(Duration.ZERO);
    }

    /** The value of {@value #APPLIED} for what was granted. */
    public static String applied(Duration wait) {
        return "wait=" + wait.toSeconds();
    }
}
