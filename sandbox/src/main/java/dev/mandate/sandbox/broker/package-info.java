/** A real Kafka broker in this process, with SASL users and exactly the access rights of the access matrix. */
@NullMarked
package dev.mandate.sandbox.broker;

import org.jspecify.annotations.NullMarked;
