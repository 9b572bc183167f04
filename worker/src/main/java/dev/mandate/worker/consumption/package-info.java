/**
 * The loop: reads commands, has them verified, decided and executed beside it, and commits what happened in Kafka
 * transactions. It is the only thread that touches the consumer, the producer and the state of partitions.
 */
@NullMarked
package dev.mandate.worker.consumption;

import org.jspecify.annotations.NullMarked;
