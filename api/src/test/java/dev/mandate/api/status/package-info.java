/** Reading over real HTTP, on a real log and a real database; and the stage on which such tests play. */
package dev.mandate.api.status;
