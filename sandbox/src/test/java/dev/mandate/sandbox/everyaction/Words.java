package dev.mandate.sandbox.everyaction;

import dev.mandate.sandbox.evidence.Disguises;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Words that nobody else uses, one for each place, all with one beginning, so that one search finds any of them. */
final class Words {

    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int BEGINNING = 7;
    private static final int NUMBER = 4;

    private final String beginning;
    private final Map<String, String> byPlace = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();

    /** Words that begin with this letter. */
    Words(char first) {
        beginning = first
                + new SecureRandom()
                        .ints(BEGINNING - 1, 0, ALPHABET.length())
                        .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                        .collect(Collectors.joining());
    }

    /** The word for a place, always the same. */
    String at(String place) {
        return byPlace.computeIfAbsent(
                place,
                _ -> "%s%4s"
                        .formatted(beginning, Integer.toString(last.incrementAndGet(), Character.MAX_RADIX))
                        .replace(' ', '0'));
    }

    /** All words that there are. */
    Set<String> all() {
        return Set.copyOf(byPlace.values());
    }

    /** What to look for. */
    Disguises disguises() {
        return new Disguises(beginning, BEGINNING + NUMBER);
    }

    /** The places of these words. */
    Set<String> placesOf(Set<String> words) {
        return byPlace.entrySet().stream()
                .filter(entry -> words.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
