/** Takes requests for commands: reads them strictly, decides, seals, has them signed and sent, and answers. */
@NullMarked
package dev.mandate.api.intake;

import org.jspecify.annotations.NullMarked;
