package dev.mandate.api.security;

import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Spring Security's strict firewall, comparing characters of header values instead of matching regular expressions. */
final class LeanFirewall extends StrictHttpFirewall {

    private static final int DELETE = 0x7f;

    LeanFirewall() {
        setAllowedHeaderValues(LeanFirewall::isText);
    }

    /** RFC 9110 §5.5: visible characters, spaces and tabs. */
    private static boolean isText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == DELETE) {
                return false;
            }
        }
        return true;
    }
}
