/** Whether it may be done: the policy, over facts that are looked up now rather than believed. */
@NullMarked
package dev.mandate.worker.authorization;

import org.jspecify.annotations.NullMarked;
