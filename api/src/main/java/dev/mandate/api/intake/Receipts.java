package dev.mandate.api.intake;

import dev.mandate.api.dispatch.Dispatched;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.Receipt;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Signs what a client holds in hand after a 202. */
final class Receipts {

    private final Signer signer;
    private final Clock clock;

    Receipts(Signer signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** The receipt of an acknowledged command, as a compact JWS. */
    String sign(Dispatched dispatched) {
        Command command = dispatched.command();
        var receipt = new Receipt(
                command.issuer(),
                command.subject(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                dispatched.reference(),
                command.chain());
        return signer.sign(StatementType.RECEIPT, StrictJson.write(receipt));
    }
}
