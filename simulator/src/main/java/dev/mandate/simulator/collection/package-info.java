/**
 * The generic part of the Management API: what an operation does is read off its method, its path and its answer. Where
 * that would be wrong, {@code exceptions.json} says so.
 */
@NullMarked
package dev.mandate.simulator.collection;

import org.jspecify.annotations.NullMarked;
