package dev.mandate.api.projection;

import java.sql.Array;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The read model's tables, looked at from outside. */
record Tables(String url) {

    JdbcTemplate jdbc() {
        return new JdbcTemplate(new DriverManagerDataSource(url, "postgres", "postgres"));
    }

    void migrate() {
        Flyway.configure().dataSource(url, "postgres", "postgres").load().migrate();
    }

    /** All rows with all columns, by id. */
    List<Map<String, String>> commands() {
        return rows("select * from command order by id");
    }

    List<Map<String, String>> positions() {
        return rows("select * from projection_position order by topic, partition");
    }

    long count(String condition) {
        return Long.parseLong(rows("select count(*) as n from command where " + condition)
                .getFirst()
                .get("n"));
    }

    private List<Map<String, String>> rows(String sql) {
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            var rows = new ArrayList<Map<String, String>>();
            while (result.next()) {
                var row = new TreeMap<String, String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    Object value = result.getObject(i);
                    row.put(
                            result.getMetaData().getColumnName(i),
                            value instanceof Array array
                                    ? Arrays.toString((Object[]) array.getArray())
                                    : String.valueOf(value));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
