package dev.mandate.bench.peer;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Where opponents on PostgreSQL record what they have done: one row for each order, in a commit of its own. */
public final class ResultTable {

    private final DataSource database;

    /** The table {@code results}, which the harness has made. */
    public ResultTable(DataSource database) {
        this.database = database;
    }

    /**
     * Records an order as done.
     *
     * @throws IllegalStateException when the database refuses
     */
    public void record(Order order) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("INSERT INTO results (order_id) VALUES (?)")) {
            statement.setString(1, order.id());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
